/** What to write where images are kept or built, ready to be copied. */
export interface Snippet {
  key: string;
  name: string;
  /** Where it goes. */
  where: string;
  /** `address` is the webhook's, `signed` whether it wants messages signed. */
  text: (address: string, signed: boolean) => string;
}

const secret = 'SIGNING-SECRET';

const giteaText = (address: string, signed: boolean) => `Target URL:    ${address}
HTTP method:   POST
Content type:  application/json
Secret:        ${signed ? secret : '(none: this webhook has no signing secret)'}
Trigger on:    Custom events → Package`;

const giteaWhere = (name: string) =>
  `Settings → Webhooks of the owner or organisation in ${name}; that of a repository only tells of packages linked to it. Is Plimsoll at a private address? Then ${name} sends nothing until app.ini says ALLOWED_HOST_LIST = private in its section [webhook].`;

const endpoint = (address: string, signed: boolean) => `notifications:
  endpoints:
    - name: plimsoll
      url: ${address}
${signed ? `      headers:\n        Authorization: [Bearer ${secret}]\n` : ''}      timeout: 5s
      threshold: 5
      backoff: 10s
      ignore:
        actions: [pull]`;

/** Registries that tell by themselves. */
export const registrySnippets: readonly Snippet[] = [
  { key: 'gitea', name: 'Gitea', where: giteaWhere('Gitea'), text: giteaText },
  { key: 'forgejo', name: 'Forgejo', where: giteaWhere('Forgejo'), text: giteaText },
  {
    key: 'github',
    name: 'GitHub',
    where: 'Settings → Webhooks of the organisation, or of the repository that the package is linked to. Choose one of the two events: with both, each push comes twice.',
    text: (address, signed) => `Payload URL:   ${address}
Content type:  application/json
Secret:        ${signed ? secret : '(none: this webhook has no signing secret)'}
Events:        Let me select individual events → Packages`,
  },
  {
    key: 'gitlab',
    name: 'GitLab',
    where: 'For an administrator, in /etc/gitlab/gitlab.rb; then gitlab-ctl reconfigure. Projects on gitlab.com have no such thing: let their pipeline call the webhook.',
    text: (address, signed) => `registry['notifications'] = [
  {
    'name' => 'plimsoll',
    'url' => '${address}',
    'timeout' => '5s',
    'threshold' => 5,
    'backoff' => '10s'${signed ? `,\n    'headers' => { 'Authorization' => ['Bearer ${secret}'] }` : ''}
  }
]`,
  },
  { key: 'distribution', name: 'Distribution', where: 'In config.yml of registry:2 or registry:3. Does the registry have another name for itself than others have for it? Then write that into this webhook as its registry.', text: endpoint },
  {
    key: 'harbor',
    name: 'Harbor',
    where: 'Webhooks of the project → New webhook. Either payload format will do.',
    text: (address, signed) => `Notify type:   http
Event type:    Artifact pushed
Endpoint URL:  ${address}
Auth header:   ${signed ? `Bearer ${secret}` : '(none: this webhook has no signing secret)'}`,
  },
  {
    key: 'quay',
    name: 'Quay',
    where: 'Settings of the repository → Create notification. Quay can prove nothing about itself, so this works only for a webhook without a signing secret.',
    text: (address) => `When:          Push to repository
Then:          Webhook POST
Webhook URL:   ${address}
Template:      (leave it empty)`,
  },
  {
    key: 'docker-hub',
    name: 'Docker Hub',
    where: 'Webhooks of the repository. Docker Hub can prove nothing about itself, so this works only for a webhook without a signing secret.',
    text: (address) => `Webhook name:  plimsoll
Webhook URL:   ${address}`,
  },
  {
    key: 'azure',
    name: 'Azure',
    where: 'With the command line of Azure; the same fields are in the portal under Services → Webhooks.',
    text: (address, signed) => `az acr webhook create --registry NAME --name plimsoll --actions push \\
  --uri '${address}'${signed ? ` \\\n  --headers 'Authorization=Bearer ${secret}'` : ''}`,
  },
];

const pipelineHeader = (signed: boolean) => (signed ? ` \\\n      --header "Authorization: Bearer $PLIMSOLL_SECRET"` : '');

/** Builds that tell it, and can wait for the end of the deployment. */
export const buildSnippets: readonly Snippet[] = [
  {
    key: 'gitea-actions',
    name: 'Gitea Actions',
    where: 'Save the address as the secret PLIMSOLL_WEBHOOK of the repository (Settings → Actions → Secrets). This is the last step of .gitea/workflows/build.yml, after the push:',
    text: (_, signed) => `- name: Tell Plimsoll
  env:
    PLIMSOLL_WEBHOOK: \${{ secrets.PLIMSOLL_WEBHOOK }}${signed ? '\n    PLIMSOLL_SECRET: ${{ secrets.PLIMSOLL_SECRET }}' : ''}
  run: |
    curl --fail --silent --show-error "$PLIMSOLL_WEBHOOK?wait=120"${pipelineHeader(signed)} \\
      --data '{"image": "git.example.org/\${{ gitea.repository }}:\${{ gitea.ref_name }}"}'`,
  },
  {
    key: 'github-actions',
    name: 'GitHub Actions',
    where: 'Save the address as the secret PLIMSOLL_WEBHOOK of the repository (Settings → Secrets and variables → Actions). This is the last step of the workflow, after the push:',
    text: (_, signed) => `- name: Tell Plimsoll
  env:
    PLIMSOLL_WEBHOOK: \${{ secrets.PLIMSOLL_WEBHOOK }}${signed ? '\n    PLIMSOLL_SECRET: ${{ secrets.PLIMSOLL_SECRET }}' : ''}
  run: |
    curl --fail --silent --show-error "$PLIMSOLL_WEBHOOK?wait=120"${pipelineHeader(signed)} \\
      --data '{"image": "ghcr.io/\${{ github.repository }}:\${{ github.ref_name }}"}'`,
  },
  {
    key: 'gitlab-ci',
    name: 'GitLab CI',
    where: 'Save the address as the masked variable PLIMSOLL_WEBHOOK of the project (Settings → CI/CD → Variables). In .gitlab-ci.yml, in a stage after the one that pushes:',
    text: (_, signed) => `tell-plimsoll:
  stage: deploy
  image: curlimages/curl:latest
  script:
    - >-
      curl --fail --silent --show-error "$PLIMSOLL_WEBHOOK?wait=120"${signed ? '\n      --header "Authorization: Bearer $PLIMSOLL_SECRET"' : ''}
      --data "{\\"image\\": \\"$CI_REGISTRY_IMAGE:$CI_COMMIT_TAG\\"}"
  rules:
    - if: $CI_COMMIT_TAG`,
  },
  {
    key: 'curl',
    name: 'curl',
    where: 'From any shell. The answer says what was decided; with ?wait=120 it comes when the deployment is over and says how it ended:',
    text: (address, signed) => `curl --data '{"image": "registry.example.org/org/app:v1"}' \\${signed ? `\n  --header 'Authorization: Bearer ${secret}' \\` : ''}
  '${address}?wait=120'`,
  },
];
