// Rows in, a table with verdicts out; the exit code stays 0, for a slow machine is no fault.

/** `met`: true, false, or null where it could not be measured; rows without a goal have no verdict. */
export function printTable(rows) {
  const lines = [
    ['', 'measured', 'goal', ''],
    ...rows.map(({ what, is, goal = '', met }) => [what, is, goal, goal === '' ? '' : verdict(met)]),
  ];
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  for (const line of lines)
    console.log(
      line
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    );
}

function verdict(met) {
  if (met === null) return '?';
  return met ? 'met' : 'NOT MET';
}
