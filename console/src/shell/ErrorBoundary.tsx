import { Button } from "@mantine/core";
import { IconBug } from "@tabler/icons-react";
import { Component, type ReactNode } from "react";
import { useLanguage } from "../i18n/language";
import { EmptyState } from "../ui/EmptyState";

/** Shows a way out when a page breaks, instead of a blank screen. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const { t } = useLanguage();
  return (
    <EmptyState icon={<IconBug />} title={t.shell.crash} hint={t.shell.crashHint}>
      <Button onClick={() => location.reload()}>{t.common.reload}</Button>
    </EmptyState>
  );
}
