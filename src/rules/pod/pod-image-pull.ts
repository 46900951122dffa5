import { eventsWithReason } from '../../kubernetes/events.ts';
import { isPodTerminating, podContainers } from '../../kubernetes/pod.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { eventEvidence, fieldEvidence } from '../shared/evidence.ts';
import { describePod, editOwner, undoRollout } from '../shared/pod-commands.ts';
import { MISSING_POD_CONSEQUENCES, missingPodSeverity } from '../shared/pod-consequences.ts';
import { unreadySince } from '../shared/readiness-report.ts';

const PULL_REASONS = [
  'ErrImagePull',
  'ImagePullBackOff',
  'ErrImageNeverPull',
  'ImageInspectError',
  'RegistryUnavailable',
  'SignatureValidationFailed',
];

export const podImagePull = defineRule({
  code: 'GD4104',
  name: 'pod-image-pull',
  title: 'the image of a container cannot be pulled',
  hop: 'pod',
  severity: 'critical',
  confidence: 'certain',
  explains: MISSING_POD_CONSEQUENCES,
  visits: 'pod',
  needs: [],
  uses: ['events'],

  *check({ now, backend, pod, owner, events }) {
    if (isPodTerminating(pod)) return;
    for (const { name, spec, status, specField, statusField } of podContainers(pod)) {
      const waiting = status?.state?.waiting;
      if (waiting?.reason === undefined || !PULL_REASONS.includes(waiting.reason)) continue;
      const image = spec.image ?? status?.image ?? '';
      const event = eventsWithReason(events ?? [], 'Failed', 'ErrImageNeverPull').find(
        ({ message }) => message?.includes(image) === true && !/^Error: /.test(message),
      );
      const why = pullProblem(`${waiting.reason} ${waiting.message ?? ''} ${event?.message ?? ''}`);
      const object = referenceTo(pod);
      yield {
        object,
        message: `image \`${image}\` of container \`${name}\` cannot be pulled${why === undefined ? '' : `: ${why.words}`}`,
        severity: missingPodSeverity(backend),
        ...unreadySince(pod, now),
        evidence: [
          fieldEvidence(object, `${statusField}.state.waiting.reason`, waiting.reason),
          ...(waiting.message === undefined
            ? []
            : [fieldEvidence(object, `${statusField}.state.waiting.message`, waiting.message)]),
          fieldEvidence(object, `${specField}.image`, image),
          ...(event === undefined ? [] : [eventEvidence(object, event)]),
        ],
        fix: {
          summary: why?.fix ?? 'correct the image reference',
          commands: [describePod(pod), ...undoRollout(backend, owner), ...editOwner(owner)],
        },
      };
    }
  },
});

interface PullProblem {
  readonly words: string;
  readonly fix: string;
}

const CORRECT = 'correct the image name or tag, or push the image';
const CREDENTIALS = 'give the Pod an imagePullSecret that may read the image';
const REACH = 'make the registry reachable from the Nodes, or use one that is';

/** The first that matches is the cause; the registry's words for "private" and "absent" overlap. */
const PULL_PROBLEMS: readonly (readonly [RegExp, PullProblem])[] = [
  [
    /ErrImageNeverPull/,
    {
      words: 'it is not on the Node, and imagePullPolicy is Never',
      fix: 'load the image on the Node, or let it be pulled',
    },
  ],
  [
    /toomanyrequests|too many requests|\b429\b|rate limit/i,
    { words: 'the registry limits pulls', fix: 'pull with credentials, or from a mirror' },
  ],
  [
    /no match for platform|no matching manifest/i,
    {
      words: 'it has no build for the platform of the Node',
      fix: 'publish the image for the platform of the Nodes',
    },
  ],
  [
    /x509|certificate/i,
    {
      words: 'the certificate of the registry is not trusted',
      fix: 'make the Nodes trust the certificate of the registry',
    },
  ],
  [
    /no such host|server misbehaving|lookup .* on /i,
    { words: 'the name of the registry does not resolve', fix: REACH },
  ],
  [
    /may require authorization|repository does not exist or/i,
    { words: 'it does not exist or needs credentials', fix: `${CORRECT}; for a private one ${CREDENTIALS}` },
  ],
  [
    /unauthorized|authentication required|\b401\b|\b403\b|forbidden|denied/i,
    { words: 'the registry refuses access', fix: CREDENTIALS },
  ],
  [/not found|manifest unknown|does not exist|\b404\b/i, { words: 'not found', fix: CORRECT }],
  [
    /connection refused|timeout|deadline exceeded|no route to host|\bEOF\b/i,
    { words: 'the registry cannot be reached', fix: REACH },
  ],
];

function pullProblem(text: string): PullProblem | undefined {
  return PULL_PROBLEMS.find(([pattern]) => pattern.test(text))?.[1];
}
