import { kubectl } from '../../kubernetes/command.ts';
import { eventFirstTime } from '../../kubernetes/events.ts';
import { findCondition } from '../../kubernetes/pod.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import type { Event } from '../../kubernetes/types.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { eventEvidence, fieldEvidence } from '../shared/evidence.ts';
import { describePod } from '../shared/pod-commands.ts';
import { MISSING_POD_CONSEQUENCES, missingPodSeverity } from '../shared/pod-consequences.ts';
import { sandboxFailure } from '../shared/sandbox.ts';

export const podSandbox = defineRule({
  code: 'GD4131',
  name: 'pod-sandbox',
  title: "the Pod's network cannot be set up, so its containers are not created",
  hop: 'pod',
  severity: 'critical',
  confidence: 'certain',
  explains: MISSING_POD_CONSEQUENCES,
  visits: 'pod',
  needs: ['events'],

  *check({ now, backend, pod, events }) {
    const event = sandboxFailure(pod, events, now);
    if (event === undefined) return;
    const object = referenceTo(pod);
    const { words, fix } = problemOf(event);
    const since = eventFirstTime(event)?.toISOString();
    const sandbox = findCondition(pod.status?.conditions, 'PodReadyToStartContainers');
    yield {
      object,
      message: words,
      severity: missingPodSeverity(backend),
      ...(since !== undefined && { since }),
      evidence: [
        eventEvidence(object, event),
        ...(sandbox === undefined
          ? []
          : [fieldEvidence(object, 'status.conditions[PodReadyToStartContainers].status', sandbox.status)]),
        fieldEvidence(object, 'spec.nodeName', pod.spec?.nodeName),
      ],
      fix: { summary: fix, commands: [describePod(pod), lookAtAgents(pod)] },
    };
  },
});

/** What runs on the Pod's Node: the network plugin's own Pod is among them. */
function lookAtAgents(pod: Pod) {
  const node = pod.spec?.nodeName ?? '';
  return {
    run: kubectl('kube-system', 'get', 'pods', '-o', 'wide', '--field-selector', `spec.nodeName=${node}`),
    effect: 'looks',
  } as const;
}

interface SandboxProblem {
  readonly words: string;
  readonly fix: string;
}

const PROBLEMS: readonly (readonly [RegExp, SandboxProblem])[] = [
  [
    /failed to assign an IP address|no (?:more )?(?:free )?IPs? (?:addresses )?available|no available IP|IP(?:s| addresses)? (?:are )?exhausted|allocate IP|range is full|no addresses available/i,
    {
      words: 'no IP address is left for it',
      fix: "extend the subnet or the Node's share of addresses, or free some",
    },
  ],
  [
    /cni plugin not initialized|network is not ready|NetworkPluginNotReady|cni config uninitialized|no networks found in/i,
    {
      words: 'the network plugin of its Node is not ready',
      fix: "bring the network plugin's Pod on the Node up",
    },
  ],
  [
    /failed to (?:get|pull) sandbox image|pull.*\bpause\b/i,
    { words: 'the pause image cannot be pulled on its Node', fix: 'make the image of the sandbox available' },
  ],
  [
    /no runtime (?:handler )?for|runtime handler|RuntimeHandler/i,
    {
      words: 'its Node has no runtime of the class that it asks for',
      fix: 'correct spec.runtimeClassName, or set the runtime up on the Nodes',
    },
  ],
];

function problemOf({ message = '', reason }: Event): SandboxProblem {
  const known = PROBLEMS.find(([pattern]) => pattern.test(message))?.[1];
  if (known !== undefined) return known;
  const plugin = /plugin type="([\w.-]+)"/.exec(message)?.[1];
  const fix = "see the log of the network plugin's Pod on the Node";
  if (plugin !== undefined) return { words: `network plugin \`${plugin}\` fails to set its network up`, fix };
  return {
    words:
      reason === 'NetworkNotReady' ? 'the network of its Node is not ready' : 'its sandbox cannot be created',
    fix,
  };
}
