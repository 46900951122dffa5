import { CONTROLLERS } from './case.ts';
import type { Row } from './run-case.ts';

/** docs/truth.md: every case beside what reality and the doctor said to it. */
export function truthTable(rows: readonly Row[]): string {
  const figures = CONTROLLERS.map((controller) => {
    const own = rows.filter((row) => row.controller === controller);
    const agreeing = own.filter(({ disagreements }) => disagreements.length === 0);
    return `| ${controller} | ${own.length} | ${agreeing.length} | ${share(agreeing.length, own.length)} |`;
  });
  const lines = rows.map((row) => {
    const { controller, observed, predicted, verdict, cause, disagreements } = row;
    const agrees = disagreements.length === 0 ? 'yes' : `**no**: ${disagreements.join('; ')}`;
    const cells = [
      row.case.name,
      row.case.about,
      row.case.hop,
      controller,
      observed,
      predicted,
      verdict,
      cause,
      agrees,
    ];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  return `# Table of truth

<!-- written by scripts/truth -->

Each case is set up on a real cluster. Requests go through the controller, and gateway-doctor is run on the same
cluster: what it predicts stands beside what was seen. \`scripts/truth\` makes this table, and fails where a line
disagrees. The cases are in \`tests/truth/cases\`.

A line agrees where each answer is the predicted one (or, where only some requests should fail, both kinds come), the
verdict and the first root cause are those that the case was made for, and a snapshot of the cluster gives the same
diagnosis. \`distrusted\` means that a client that verifies certificates refuses the connection.

| controller | cases | agree | share |
|---|---|---|---|
${figures.join('\n')}

| case | what is the matter | hop | controller | observed | predicted | verdict | root cause | agrees |
|---|---|---|---|---|---|---|---|---|
${lines.join('\n')}

## With fewer rights

The same cases as users who may read less: no verdict may become more favourable by that, and nothing surer.

${sightTable(rows)}
`;
}

function sightTable(rows: readonly Row[]): string {
  const asked = rows.filter(({ sights }) => sights.length > 0);
  const heads = ['case', 'controller', 'all rights', ...(asked[0]?.sights.map(({ about }) => about) ?? [])];
  const lines = asked.map((row) => {
    const told = [row, ...row.sights].map(({ verdict, cause }) =>
      cause === '' ? verdict : `${verdict}, ${cause}`,
    );
    return `| ${[row.case.name, row.controller, ...told].join(' | ')} |`;
  });
  return [`| ${heads.join(' | ')} |`, `|${heads.map(() => '---|').join('')}`, ...lines].join('\n');
}

function share(part: number, whole: number): string {
  return whole === 0 ? '' : `${Math.floor((100 * part) / whole)} %`;
}
