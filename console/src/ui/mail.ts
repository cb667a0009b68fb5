const SHOWN_SOURCE = 40_000;

/** A mail as it is read: the two bodies, the source and the files. Only what our own composer writes is understood. */
interface Mail {
  to: string;
  html: string;
  text: string;
  /** How it travelled, its beginning: attachments are long. */
  source: string;
  attachments: Attachment[];
}

export interface Attachment {
  filename: string;
  type: string;
  content: Uint8Array<ArrayBuffer>;
}

interface Part {
  header: (name: string) => string;
  body: string;
}

/** Read an RFC 822 source; each of its characters is one byte. */
export function parseMail(source: ArrayBuffer): Mail {
  const bytes = new Uint8Array(source);
  let text = "";
  // In pieces: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8_192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  const top = partOf(text);
  const leaves = leavesOf(top);
  const body = (type: string) => {
    const found = leaves.find((part) => typeOf(part) === type && !filenameOf(part));
    return found ? new TextDecoder().decode(contentOf(found)) : "";
  };
  return {
    to: decodedWords(top.header("to")),
    html: body("text/html"),
    text: body("text/plain"),
    source: new TextDecoder().decode(bytes.subarray(0, SHOWN_SOURCE)),
    attachments: leaves
      .filter((part) => filenameOf(part) !== "")
      .map((part) => ({
        filename: filenameOf(part),
        type: typeOf(part),
        content: contentOf(part),
      })),
  };
}

function partOf(text: string): Part {
  const end = /\r?\n\r?\n/.exec(text);
  const head = text.slice(0, end?.index ?? text.length).replace(/\r?\n[ \t]+/g, " ");
  const headers = new Map<string, string>();
  for (const line of head.split(/\r?\n/)) {
    const colon = line.indexOf(":");
    headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  const body = end ? text.slice(end.index + end[0].length) : "";
  return { header: (name) => headers.get(name) ?? "", body };
}

function leavesOf(part: Part): Part[] {
  const boundary = parameterOf(part.header("content-type"), "boundary");
  if (!typeOf(part).startsWith("multipart/") || boundary === "") return [part];
  const pieces = `\n${part.body}`.split(`\n--${boundary}`).slice(1);
  return pieces
    .filter((piece) => !piece.startsWith("--"))
    .flatMap((piece) => leavesOf(partOf(piece.replace(/^[ \t]*\r?\n/, ""))));
}

function typeOf(part: Part): string {
  return part.header("content-type").split(";")[0]?.trim().toLowerCase() || "text/plain";
}

function filenameOf(part: Part): string {
  return parameterOf(part.header("content-disposition"), "filename");
}

/** A parameter of a header, plain, quoted, or RFC 2231 (`filename*=utf-8''…`, `filename*0*=…`). */
function parameterOf(header: string, name: string): string {
  const found = [
    ...header.matchAll(
      new RegExp(`;\\s*${name}(\\*\\d+)?(\\*)?=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\s]*))`, "gi"),
    ),
  ];
  return found
    .map(([, , encoded, quoted, bare]) => {
      const value = quoted?.replace(/\\(.)/g, "$1") ?? bare ?? "";
      return encoded
        ? decodeURIComponent(value.replace(/^[\w-]*'[\w-]*'/, ""))
        : decodedWords(value);
    })
    .join("");
}

function contentOf(part: Part): Uint8Array<ArrayBuffer> {
  const encoding = part.header("content-transfer-encoding").toLowerCase();
  if (encoding === "base64") return bytesOf(atob(part.body.replace(/[^A-Za-z0-9+/=]/g, "")));
  return bytesOf(encoding === "quoted-printable" ? unquoted(part.body) : part.body);
}

function unquoted(text: string): string {
  return text
    .replace(/=\r?\n/g, "")
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** RFC 2047: `=?utf-8?q?=C3=89t=C3=A9?=`. */
function decodedWords(text: string): string {
  return text
    .replace(/(\?=)\s+(?==\?)/g, "$1")
    .replace(
      /=\?([\w-]+)\?([bq])\?([^?]*)\?=/gi,
      (_, charset: string, kind: string, word: string) => {
        const bytes = kind.toLowerCase() === "b" ? atob(word) : unquoted(word.replaceAll("_", " "));
        return new TextDecoder(charset).decode(bytesOf(bytes));
      },
    );
}
