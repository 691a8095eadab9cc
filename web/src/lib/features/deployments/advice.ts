/** What to do when a deployment ended badly, by its reason code. The long form is docs/reasons.md. */
const advice: Record<string, string> = {
  'health-deadline': 'Read the last lines of its log below. If it is only slow to start, allow more time under Settings, lift the block on this digest and deploy it again.',
  'container-exited': 'Read its last log lines and exit code below. Exit code 137 often means that it used more memory than it may.',
  unhealthy: 'The health check of the image failed as often as it may. Its last output is in the reason above.',
  'start-failed': 'The engine could not start the container. Its own words are in the reason above; often the program named in the image does not exist.',
  'create-failed': 'The engine refused the container or its network. Remove the cause that it names, then deploy again.',
  'pull-failed': 'Is the tag still in the registry, and may Plimsoll read it? Test the registry under Settings, then deploy again.',
  'pull-deadline': 'The registry was too slow. Allow more time for pulling under Settings, then deploy again.',
  'disk-too-full': 'Make room on the server, for example with "docker system prune", then deploy again. Nothing was pulled.',
  'candidate-vanished': 'Somebody else removed the new container. Look for scripts that clean up containers, then deploy again.',
  'fell-over': 'It was healthy at first and then fell over under real visitors. Read the last lines of its log below.',
  'deployment-deadline': 'It took longer than a deployment may. Its log below shows what it waited for.',
  'internal-error': 'This is a mistake of Plimsoll itself. Its log has the details: please report them, then deploy again.',
};

export const adviceFor = (reasonCode: string | null) => (reasonCode ? advice[reasonCode] : undefined);
