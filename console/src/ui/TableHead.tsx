import { useLanguage } from "../i18n/language";

interface Column {
  label: string;
  /** A width that does not depend on what is in the column; by default a share of what is left. */
  width?: string;
}

/** The names of a table's columns; one of buttons beside the rows has none to be seen. */
export function TableHead({ columns, actions }: { columns: Column[]; actions?: string }) {
  const { t } = useLanguage();
  return (
    <thead>
      <tr>
        {columns.map(({ label, width }) => (
          <th key={label} scope="col" style={{ width }}>
            {label}
          </th>
        ))}
        {actions && (
          <th scope="col" style={{ width: actions }}>
            <span className="visually-hidden">{t.common.actions}</span>
          </th>
        )}
      </tr>
    </thead>
  );
}
