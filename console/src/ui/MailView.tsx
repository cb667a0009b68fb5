import { Tabs } from "@mantine/core";
import { useLanguage } from "../i18n/language";
import { MailFrame } from "./MailFrame";
import classes from "./mail.module.css";

/** A mail in its three guises: as it looks, as plain text, as it travelled. */
export function MailView(props: { html: string; text: string; source?: string; title: string }) {
  const { t } = useLanguage();
  return (
    <Tabs defaultValue="html" keepMounted={false}>
      <Tabs.List>
        <Tabs.Tab value="html">{t.detail.html}</Tabs.Tab>
        <Tabs.Tab value="text">{t.detail.text}</Tabs.Tab>
        {props.source !== undefined && <Tabs.Tab value="source">{t.detail.source}</Tabs.Tab>}
      </Tabs.List>
      <Tabs.Panel value="html" pt="sm">
        <MailFrame html={props.html} title={props.title} />
      </Tabs.Panel>
      <Tabs.Panel value="text" pt="sm">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <pre className={classes.source} tabIndex={0}>
          {props.text}
        </pre>
      </Tabs.Panel>
      <Tabs.Panel value="source" pt="sm">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <pre className={`mono ${classes.source}`} tabIndex={0}>
          {props.source}
        </pre>
      </Tabs.Panel>
    </Tabs>
  );
}
