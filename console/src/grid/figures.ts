/**
 * «1 234,50» as people type it, or «1 234,50 €» and «20 %» as spreadsheets copy it, to «1234.50» as the
 * API reads it. Anything else is left as it is, for the API to judge.
 */
export function decimal(typed: string): string {
  const plain = typed.replace(/[\s\u00a0\u202f]/g, "").replace(/^\u2212/, "-");
  const bare = plain.replace(/^(-?)[€$£]/, "$1").replace(/[€$£%]$/, "");
  const last = Math.max(bare.lastIndexOf(","), bare.lastIndexOf("."));
  const isGrouped = bare.includes(",") && bare.includes(".");
  const figure = isGrouped
    ? `${bare.slice(0, last).replace(/[.,]/g, "")}.${bare.slice(last + 1)}`
    : bare.replace(",", ".");
  return isFigure(figure) ? figure : plain.replace(",", ".");
}

/** Is it a number as the API reads it? */
export function isFigure(text: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(text);
}
