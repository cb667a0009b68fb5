import { type ComponentProps, type ReactNode, useId } from "react";
import { Form } from "./Form";
import { FormFoot } from "./FormFoot";
import classes from "./forms.module.css";

interface Props extends Omit<ComponentProps<typeof FormFoot>, "formId"> {
  onSubmit: () => void;
  /** The fields. */
  children: ReactNode;
  /** Before them, about what is stored. */
  above?: ReactNode;
  /** What they make, shown beside them; its name for a screen reader. */
  beside: ReactNode;
  besideLabel: string;
}

/**
 * A form with what it makes beside it. Its button stands above that, always in sight where both have
 * room, and otherwise where the fields end: it never lies over a field.
 */
export function FormPage({ onSubmit, children, above, beside, besideLabel, ...foot }: Props) {
  const id = useId();
  return (
    <div className={classes.columns}>
      <div>
        {above}
        <Form id={id} onSubmit={onSubmit} saving={foot.editing.saving}>
          {children}
        </Form>
      </div>
      <aside className={classes.beside} aria-label={besideLabel}>
        <div className={classes.foot}>
          <FormFoot {...foot} formId={id} />
        </div>
        <div className={classes.made}>{beside}</div>
      </aside>
    </div>
  );
}
