import { Anchor } from "@mantine/core";
import { useLanguage } from "../i18n/language";
import { Notice } from "../ui/Notice";
import type { Column } from "./columns";
import classes from "./grid.module.css";
import type { Place } from "./paste";
import type { CellProblem } from "./problems";

const SHOWN = 5;

interface Props {
  problems: readonly CellProblem[];
  columns: readonly Column[];
  nameOf: (n: number) => string;
  onGo: (place: Place) => void;
}

/** The first things that are wrong, on whatever page: each leads to its cell. */
export function ProblemList({ problems, columns, nameOf, onGo }: Props) {
  const { t } = useLanguage();
  if (problems.length === 0) return null;
  return (
    <Notice tone="red" title={t.grid.problems(problems.length)}>
      <ul className={classes.list}>
        {problems.slice(0, SHOWN).map((problem) => (
          <li key={problem.path}>
            <Anchor
              component="button"
              type="button"
              c="inherit"
              underline="always"
              onClick={() => onGo(problem)}
            >
              {`${nameOf(problem.row + 1)} · ${columns[problem.column]?.label}`}
            </Anchor>{" "}
            {problem.message}
          </li>
        ))}
      </ul>
      {problems.length > SHOWN && t.history.andMore(problems.length - SHOWN)}
    </Notice>
  );
}
