/** The folder of a file, `.` for a bare name. */
export function directoryOf(file: string): string {
  const cut = file.lastIndexOf('/');
  return cut < 0 ? '.' : file.slice(0, Math.max(cut, 1));
}

/** The command that renders the chart that a template file belongs to; undefined for other files. */
export function renderCommand(file: string): string | undefined {
  const cut = `/${file}`.lastIndexOf('/templates/');
  if (cut < 0) return undefined;
  return `helm template ${cut === 0 ? '.' : file.slice(0, cut - 1)}`;
}
