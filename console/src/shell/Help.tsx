import { Kbd, Modal } from "@mantine/core";
import { useLanguage } from "../i18n/language";
import classes from "./shell.module.css";
import { hasShortcuts, setShortcuts } from "./shortcuts";
import { PALETTE_KEYS } from "./useShortcuts";

/** The keyboard shortcuts, and how to turn off those of a single key. */
export function Help({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useLanguage();
  const { shortcuts } = t.shell;
  const rows: [string[], string][] = [
    [[PALETTE_KEYS], t.palette.title],
    [["/"], shortcuts.search],
    [["n"], shortcuts.create],
    [["g", "c"], shortcuts.goCampaigns],
    [["g", "h"], shortcuts.goHistory],
    [["g", "d"], shortcuts.goDocuments],
    [[t.sendForm.shortcut], shortcuts.send],
    [["?"], shortcuts.help],
  ];
  return (
    <Modal opened={opened} onClose={onClose} title={t.shell.help}>
      <table className={classes.keys}>
        <tbody>
          {rows.map(([keys, text]) => (
            <tr key={text}>
              <td>{text}</td>
              <td>
                {keys.map((key, index) => (
                  <span key={key}>
                    {index > 0 && ` ${t.shell.keyThen} `}
                    <Kbd>{key}</Kbd>
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <label className={classes.switch}>
        <input
          type="checkbox"
          defaultChecked={hasShortcuts()}
          onChange={(event) => setShortcuts(event.currentTarget.checked)}
        />
        {shortcuts.single}
      </label>
    </Modal>
  );
}
