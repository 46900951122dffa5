import type { DiagnosedRoute, Diagnosis, Hop } from '../model/diagnosis.ts';
import { isSameReference, type ObjectReference } from '../model/reference.ts';
import type { Page } from './detail.ts';
import { layoutEvidence } from './evidence.ts';
import { layoutRows, type Row } from './layout.ts';
import { layoutMore } from './more.ts';
import { verdictPaint } from './palette.ts';
import { SYMBOLS, showExpectation, showOutcome, showRoute, worstRoutesFirst } from './words.ts';

const HOP_INDENT = 4;

/** Broken routes that take the same path, and one route of their path. */
interface Group {
  readonly routes: DiagnosedRoute[];
  readonly hops: readonly Hop[];
}

/** One line per route, worst first; beneath the broken ones the objects on their path. */
export function layoutRoutes(diagnosis: Diagnosis, page: Page): string[] {
  const { target, routes } = diagnosis;
  const sorted = worstRoutesFirst(routes);
  const groups = page.detail.isFull
    ? sorted.map((route): Group => ({ routes: [route], hops: route.hops }))
    : groupByPath(
        sorted.filter(({ verdict }) => verdict !== 'healthy'),
        target,
      );
  const healthy = page.detail.isFull ? [] : sorted.filter(({ verdict }) => verdict === 'healthy');

  const shownGroups = groups.slice(0, page.detail.groups);
  const shown = [
    ...shownGroups.map((group) => group.routes.slice(0, page.detail.routes)),
    healthy.slice(0, page.detail.routes),
  ];
  const repeated = new Set(shownGroups.flatMap((group) => group.routes.slice(1)));
  const lineOf = layoutRouteLines(shown.flat(), repeated, page);
  const linesOf = (some: readonly DiagnosedRoute[]) => some.flatMap((route) => lineOf.get(route) ?? []);

  return [
    ...shownGroups.flatMap((group, index) => [
      ...linesOf(shown[index] ?? []),
      ...layoutMore(
        group.routes.length - page.detail.routes,
        'route on the same path',
        'routes on the same path',
        page,
      ),
      ...layoutHops(group, target, page),
    ]),
    ...layoutMore(
      groups.slice(page.detail.groups).flatMap((group) => group.routes).length,
      'route with trouble',
      'routes with trouble',
      page,
    ),
    ...linesOf(shown.at(-1) ?? []),
    ...layoutMore(healthy.length - page.detail.routes, 'healthy route', 'healthy routes', page),
  ];
}

// Within a group the reason is told once: it is the same for all.
function layoutRouteLines(
  routes: readonly DiagnosedRoute[],
  repeated: ReadonlySet<DiagnosedRoute>,
  page: Page,
): Map<DiagnosedRoute, string[]> {
  const { palette, width } = page;
  const rows = routes.map((route): Row => {
    const paint = verdictPaint(palette, route.verdict);
    return {
      cells: [
        { text: `${SYMBOLS[route.verdict]} ${route.verdict}`, paint },
        route.verdict === 'healthy'
          ? { text: showRoute(route) }
          : { text: showRoute(route), paint: palette.bold },
      ],
      texts: [[{ text: repeated.has(route) ? showOutcome(route) : showExpectation(route) }]],
    };
  });
  const lines = layoutRows(rows, { width, indent: 0, under: HOP_INDENT });
  return new Map(routes.map((route, index) => [route, lines[index] ?? []]));
}

function layoutHops({ routes, hops }: Group, target: ObjectReference, page: Page): string[] {
  const { palette, width, detail } = page;
  const rows = hops.map((hop): Row => {
    const isShared = routes.length > 1 && isSameReference(hop.object, target);
    const summary = isShared ? `${routes.length} routes lead here` : hop.summary;
    return {
      cells: [
        { text: hop.object.kind },
        { text: showName(hop.object, target) },
        { text: hop.health, paint: verdictPaint(palette, hop.health) },
      ],
      texts: [[{ text: summary }]],
    };
  });
  return layoutRows(rows, { width, indent: HOP_INDENT }).flatMap((lines, index) => {
    const evidence = detail.isFull ? (hops[index]?.evidence ?? []) : [];
    return [...lines, ...layoutEvidence(evidence, hops[index]?.object, HOP_INDENT + 4, page)];
  });
}

// The target's own summary speaks of one path; where it is well, routes with the same hops behind it belong together.
function groupByPath(routes: readonly DiagnosedRoute[], target: ObjectReference): Group[] {
  const groups = new Map<string, Group>();
  for (const route of routes) {
    const telling = route.hops.filter(
      ({ object, health }) => !(isSameReference(object, target) && health === 'ok'),
    );
    const key = JSON.stringify([route.verdict, route.prediction, telling]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { routes: [route], hops: route.hops });
    else group.routes.push(route);
  }
  return [...groups.values()];
}

function showName({ namespace, name }: ObjectReference, target: ObjectReference): string {
  return namespace === undefined || namespace === target.namespace ? name : `${namespace}/${name}`;
}
