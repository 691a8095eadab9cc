import type { SettingsBody } from '$lib/api/schema';

export interface SettingsField {
  name: keyof SettingsBody;
  label: string;
  hint: string;
  kind: 'text' | 'number' | 'switch' | 'choice';
  unit?: string;
  choices?: { value: string; name: string }[];
}

/** In the order of the page. docs/settings.md explains each at length. */
export const settingsGroups: readonly { title: string; fields: readonly SettingsField[] }[] = [
  {
    title: 'Names and network',
    fields: [
      { name: 'domain', label: 'Domain', kind: 'text', hint: 'Stages get names below it. “localhost” works on one machine without any DNS.' },
      { name: 'subdomainPattern', label: 'Pattern of names', kind: 'text', hint: 'Needs {stage} and {project}. A stage with a subdomain of its own does not follow it.' },
      { name: 'network', label: 'Network', kind: 'text', hint: 'The network of the engine that containers are attached to. Made if it is not there.' },
      { name: 'serverIp', label: 'Address of this server', kind: 'text', hint: 'Where DNS should point, if you want it noted. May stay empty.' },
    ],
  },
  {
    title: 'Finding new images',
    fields: [
      { name: 'pollingSeconds', label: 'Ask the registries every', kind: 'number', unit: 'seconds', hint: '0: never; the webhook alone then tells of new images.' },
      { name: 'autoCreateProjects', label: 'Make a project for an image that none has', kind: 'switch', hint: 'Off: such an image is noted under Decisions and nothing more.' },
      { name: 'includeStopped', label: 'Look at containers that do not run as well', kind: 'switch', hint: 'Of all containers of the engine, those that Plimsoll did not start included.' },
    ],
  },
  {
    title: 'Deployments',
    fields: [
      { name: 'healthSeconds', label: 'A new container must be healthy within', kind: 'number', unit: 'seconds', hint: 'After that it is rolled back.' },
      { name: 'watchSeconds', label: 'Watch a new version for', kind: 'number', unit: 'seconds', hint: 'If it falls over in this time, the one before gets its visitors back.' },
      { name: 'drainSeconds', label: 'Requests on the old container may take', kind: 'number', unit: 'seconds', hint: 'They may finish for so long before it is stopped.' },
      { name: 'stopSeconds', label: 'A container that is stopped may take', kind: 'number', unit: 'seconds', hint: 'Then it is killed. A stage can say otherwise.' },
      { name: 'pullSeconds', label: 'A pull may take', kind: 'number', unit: 'seconds', hint: 'All tries together.' },
      { name: 'deploymentSeconds', label: 'A deployment may take', kind: 'number', unit: 'seconds', hint: 'Until it is decided; then it is given up.' },
      { name: 'keepDeployments', label: 'Keep within reach of a rollback', kind: 'number', unit: 'deployments', hint: 'Of each stage, with their images. The live one counts.' },
      { name: 'minimumFreeMegabytes', label: 'Leave free on the disk', kind: 'number', unit: 'MiB', hint: 'An image that would leave less is not pulled.' },
    ],
  },
  {
    title: 'Visitors',
    fields: [
      { name: 'pauseSeconds', label: 'Requests wait at a paused stage for', kind: 'number', unit: 'seconds', hint: 'When the pause names no time of its own.' },
      { name: 'pauseQueue', label: 'At a paused stage wait at most', kind: 'number', unit: 'requests', hint: 'More are refused at once.' },
      {
        name: 'longLived',
        label: 'WebSockets and streams when a container goes',
        kind: 'choice',
        hint: '',
        choices: [
          { value: 'drain', name: 'may go on until the time above is over' },
          { value: 'close', name: 'are closed at once, so that clients come back to the new one' },
        ],
      },
    ],
  },
  {
    title: 'Telling',
    fields: [{ name: 'notificationUrl', label: 'Notification address', kind: 'text', hint: 'Gets a message about what happens. May stay empty.' }],
  },
];
