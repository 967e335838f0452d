/** Within a code span nothing is markup but its end and, in a table, the bar of a cell. */
export function code(value: string): string {
  const inner = value.replace(/\s+/g, ' ').replaceAll('`', "'").replace(/\\*\|/g, '\\|').trim();
  return `\`${inner || ' '}\``;
}

const plain = (value: string): string =>
  value
    .replace(/[\\`*[|]/g, '\\$&')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    // Mentions nobody.
    .replaceAll('@', '@\u200b');

/**
 * A line that others wrote. Schemas are written by the author of the pull request and shown to its reviewers, so nothing
 * of them becomes a link, an image, a mention or HTML. Code spans stay: the registry writes coordinates so.
 */
export function text(value: string): string {
  return (
    value
      .replace(/\s+/g, ' ')
      .split(/(`[^`]+`)/)
      .map((part, index) => (index % 2 === 1 ? code(part.slice(1, -1)) : plain(part)))
      .join('')
      // Two spans side by side would be read as one of two backticks.
      .replaceAll('``', '`\u200b`')
  );
}

/** A table of at most so many rows; each cell is Markdown already. */
export function table(header: readonly string[], rows: readonly (readonly string[])[], atMost: number): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const shown = rows.slice(0, atMost).map(line);
  const rest = rows.length > atMost ? [`\n… and ${rows.length - atMost} more.`] : [];
  return [line(header), line(header.map(() => '---')), ...shown, ...rest].join('\n');
}
