import classes from "./mail.module.css";

/** The HTML of a mail, in a frame that runs nothing, submits nothing and reaches nothing. */
export function MailFrame({ html, title }: { html: string; title: string }) {
  return <iframe className={classes.frame} sandbox="" srcDoc={html} title={title} />;
}
