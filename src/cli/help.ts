import { COMMANDS, FLAG_LIST, type Flag, type FlagName, GROUPS } from './flags.ts';

const usage = `kubectl gateway-doctor says why an Ingress answers 502, 503, 504 or 404,
which object is to blame, and what to run to fix it. It only reads.

Usage:
  kubectl gateway-doctor [INGRESS | NAMESPACE/INGRESS | URL] [flags]
  kubectl gateway-doctor COMMAND [flags]

Examples:
  kubectl gateway-doctor web                  an Ingress; also ing/web, ingress web
  kubectl gateway-doctor                      every Ingress of the namespace, worst first
  kubectl gateway-doctor -A                   every Ingress of the cluster
  kubectl gateway-doctor https://shop.example.com/api/items
                                              which rule wins for this URL, and why it fails
  kubectl gateway-doctor web --status 502     causes that give the status you saw first
  kubectl gateway-doctor web --since 1h       with what controllers logged in the last hour
  kubectl gateway-doctor snapshot web > incident.yaml
  kubectl gateway-doctor web --from incident.yaml`;

const exitCodes = `Exit codes:
  0 nothing is wrong; 1 a problem was found; 2 the command line, the file or the connection
  is at fault; 3 could not decide, because something could not be read`;

const firstColumn = 36;

/** The text of --help. */
export function helpText(): string {
  const commands = Object.entries(COMMANDS).map(([name, about]) => line(`  ${name}`, about));
  const groups = Object.entries(GROUPS).map(([group, title]) => {
    const flags = FLAG_LIST.filter((flag) => flag.group === group);
    return [title, ...flags.map((flag) => line(flagColumn(flag), flag.help))].join('\n');
  });
  return `${[usage, ['Commands:', ...commands].join('\n'), ...groups, exitCodes].join('\n\n')}\n`;
}

function flagColumn({ name, letter, value }: Flag & { readonly name: FlagName }): string {
  const short = letter === undefined ? '   ' : `-${letter}`;
  const long = name === letter ? '' : `${letter === undefined ? ' ' : ', '}--${name}`;
  return `  ${short}${long}${value === undefined ? '' : ` ${value}`}`;
}

function line(left: string, right: string): string {
  return `${left.padEnd(firstColumn)} ${right}`;
}
