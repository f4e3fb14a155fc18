/** How long the browser may take to start reading the file, in milliseconds. */
const READING = 60_000;

/** Saves a short text as a file, as a click on a download link does. */
export function saveText(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, READING);
}
