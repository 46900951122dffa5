import { setTimeout as sleep } from 'node:timers/promises';
import { bedOf, get, kubectl } from './bed.ts';
import {
  type Bed,
  CONTROLLERS,
  type ControllerName,
  type Expectation,
  type Requests,
  type Site,
  type TruthCase,
} from './case.ts';
import { disagreements, type Observation, showAnswers, showPrediction } from './compare.ts';
import {
  type Asked,
  type DiagnosisDocument,
  diagnoseLive,
  type RouteDocument,
  replaysAlike,
} from './doctor.ts';
import { ingress } from './objects.ts';
import { diagnoseAsUsers, type Sight } from './permissions.ts';
import { type Answer, send } from './request.ts';

/** A line of the table. */
export interface Row {
  readonly case: TruthCase;
  readonly controller: ControllerName;
  readonly observed: string;
  readonly predicted: string;
  readonly verdict: string;
  readonly cause: string;
  /** What users with fewer rights are told; empty where the case does not ask. */
  readonly sights: readonly Sight[];
  /** Empty where all agrees. */
  readonly disagreements: readonly string[];
}

const CLASSES: Readonly<Record<ControllerName, string>> = { 'ingress-nginx': 'nginx', contour: 'contour' };
const ENTRANCES: Readonly<Record<ControllerName, string>> = {
  'ingress-nginx': 'ingress-nginx/ingress-nginx-controller',
  contour: 'projectcontour/envoy',
};
/** Seconds until requests are in the log of the proxy: Envoy writes every 10 s. */
const LOG_DELAYS: Readonly<Record<ControllerName, number>> = { 'ingress-nginx': 0, contour: 11 };
/** Seconds until a case has to be as it is meant to be. */
const PATIENCE = 200;
/** Seconds for controllers to take up what has changed. */
const SETTLING = 4;

/** Sets a case up, asks reality and the doctor about it, and clears it away. Never rejects: trouble is a disagreement. */
export async function runCase(test: TruthCase, snapshots: string): Promise<readonly Row[]> {
  const namespace = `truth-${test.name}`;
  const bed = bedOf(namespace);
  const sites = CONTROLLERS.filter((controller) => expectationOf(test, controller) !== undefined).map(
    (controller): Site => ({
      controller,
      namespace,
      className: CLASSES[controller],
      host: `${test.name}.${CLASSES[controller]}.test`,
    }),
  );
  try {
    await setUp(test, bed, sites);
    return await Promise.all(sites.map((site) => askAbout(test, site, snapshots)));
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return sites.map(({ controller }) => ({
      ...{ case: test, controller, observed: '', predicted: '', verdict: '', cause: '', sights: [] },
      disagreements: [`could not be tried: ${problem}`],
    }));
  } finally {
    // What is left of it shows in the cases after it.
    await test.undo?.(bed).catch(() => undefined);
    await kubectl(['delete', 'namespace', namespace, '--wait=false', '--ignore-not-found']);
  }
}

function expectationOf({ expect }: TruthCase, controller: ControllerName): Expectation | undefined {
  return 'verdict' in expect ? expect : expect[controller];
}

async function setUp(test: TruthCase, bed: Bed, sites: readonly Site[]): Promise<void> {
  const { namespace } = bed;
  await kubectl(
    ['create', '-f', '-'],
    [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }],
  );
  // Pods that come before it are refused, and an event tells of it for an hour.
  await until(async () => (await bed.list('v1/serviceaccounts')).length > 0, 'ServiceAccount default');
  const objects = typeof test.objects === 'function' ? test.objects(namespace) : test.objects;
  const ingresses = sites.flatMap((site) => test.ingresses?.(site) ?? [ingress(site)]);
  const elsewhere = objects.filter(
    ({ kind, metadata }) => kind === 'Namespace' || metadata.namespace !== undefined,
  );
  if (elsewhere.length > 0) await kubectl(['create', '-f', '-'], elsewhere);
  const own = objects.filter((object) => !elsewhere.includes(object));
  await bed.kubectl(['create', '-f', '-'], [...own, ...ingresses]);
  await until(() => test.until(bed), 'the state of the case');
  if (test.act !== undefined) await test.act(bed);
  const { afterwards } = test;
  if (afterwards !== undefined) await until(() => afterwards(bed), 'the state of the case after the change');
  await sleep(SETTLING * 1000);
}

async function until(condition: () => Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + PATIENCE * 1000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`${what} did not come in ${PATIENCE} s`);
    await sleep(700);
  }
}

async function askAbout(test: TruthCase, site: Site, snapshots: string): Promise<Row> {
  const { controller, namespace } = site;
  const expected = expectationOf(test, controller) ?? { verdict: 'healthy' };
  const lines = typeof test.requests === 'function' ? test.requests(site) : (test.requests ?? [{}]);
  const [first] = test.ingresses?.(site) ?? [ingress(site)];
  const [line = {}] = lines;
  const asked: Asked = {
    namespace,
    name: first?.metadata.name ?? '',
    ...(test.byUrl && { url: `${line.scheme ?? 'http'}://${line.host ?? site.host}${line.path ?? '/'}` }),
  };
  const answers = await sendAll(test, site, lines);
  await sleep(LOG_DELAYS[controller] * 1000);
  const diagnosis = await inTurn(() => diagnoseLive(asked));
  const isAlike = await inTurn(() => replaysAlike(asked, `${snapshots}/${test.name}-${controller}.yaml`));
  const sights = test.permissions ? await inTurn(() => diagnoseAsUsers(asked, diagnosis)) : [];

  const observations = lines.map(
    (each, index): Observation => ({
      answers: answers[index] ?? [],
      route: routeOf(diagnosis, each),
    }),
  );
  const routes = new Set(observations.flatMap(({ route }) => route ?? []));
  return {
    case: test,
    controller,
    observed: observations.map((each) => showAnswers(each.answers)).join('; '),
    predicted: [...(routes.size > 0 ? routes : diagnosis.routes.slice(0, 1))].map(showPrediction).join('; '),
    verdict: diagnosis.verdict,
    cause: diagnosis.rootCauses[0]?.rule ?? '',
    sights,
    disagreements: [
      ...disagreements(diagnosis, expected, observations),
      ...(isAlike ? [] : ['the snapshot gives another diagnosis']),
      ...sights.flatMap(({ overclaims }) => overclaims),
    ],
  };
}

function routeOf({ routes }: DiagnosisDocument, { route }: Requests): RouteDocument | undefined {
  return route === undefined ? routes[0] : routes.find(({ path }) => path === route);
}

/** Twice, until the same comes of it: what a controller has not taken up yet is not its answer. */
async function sendAll(
  test: TruthCase,
  site: Site,
  lines: readonly Requests[],
): Promise<readonly (readonly Answer[])[]> {
  const address = await addressOf(test.entrance?.(site) ?? ENTRANCES[site.controller]);
  let last = '';
  for (let attempt = 1; ; attempt += 1) {
    const answers = await Promise.all(lines.map((line) => sendLine(line, site, address)));
    const kinds = JSON.stringify(
      answers.map((each) => [...new Set(each.map((answer) => JSON.stringify(answer)))].sort()),
    );
    if (kinds === last || attempt === 4) return answers;
    last = kinds;
    await sleep(2000);
  }
}

async function sendLine(line: Requests, site: Site, address: string | undefined): Promise<readonly Answer[]> {
  const { host = site.host, path = '/', scheme = 'http', count = 4 } = line;
  const answers: Answer[] = [];
  for (let i = 0; i < count; i += 1) answers.push(await send({ address, scheme, host, path }));
  return answers;
}

async function addressOf(service: string): Promise<string | undefined> {
  const [namespace, name] = service.split('/');
  const found = (await get(`/api/v1/namespaces/${namespace}/services/${name}`)) as {
    readonly status?: { readonly loadBalancer?: { readonly ingress?: readonly { readonly ip?: string }[] } };
  };
  return found.status?.loadBalancer?.ingress?.[0]?.ip;
}

/** Two doctors at a time: more would only make each other wait for the processors. */
const turns: Promise<unknown>[] = [Promise.resolve(), Promise.resolve()];
let asking = 0;

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  asking = (asking + 1) % turns.length;
  const result = (turns[asking] ?? Promise.resolve()).then(work);
  turns[asking] = result.catch(() => {});
  return result;
}
