import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { Component, type ReactNode } from "react";
import { useLanguage } from "../i18n/language";
import { EmptyState } from "../ui/EmptyState";

interface Props {
  /** Where the page is; another may work. */
  path: string;
  children: ReactNode;
}

interface State {
  path: string;
  broken: boolean;
}

/** Shows a way out when a page breaks, instead of a blank screen. */
export class ErrorBoundary extends Component<Props, State> {
  override state = { path: this.props.path, broken: false };

  static getDerivedStateFromProps({ path }: Props, state: State): State | null {
    return path === state.path ? null : { path, broken: false };
  }

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
    <EmptyState icon={<IconAlertTriangle />} title={t.shell.crash} hint={t.shell.crashHint}>
      <Button onClick={() => location.reload()}>{t.common.reload}</Button>
    </EmptyState>
  );
}
