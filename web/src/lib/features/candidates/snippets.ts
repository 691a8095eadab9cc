/** A ready piece of a build for each place that builds images. `address` is the webhook's; the secret belongs into the build's own store. */
export interface Snippet {
  key: string;
  name: string;
  /** Where it goes. */
  where: string;
  text: (address: string) => string;
}

export const snippets: readonly Snippet[] = [
  {
    key: 'gitea',
    name: 'Gitea',
    where: 'Save the address as the secret PLIMSOLL_WEBHOOK of the repository (Settings → Actions → Secrets). This is the last step of .gitea/workflows/build.yml, after the push:',
    text: () => `- name: Tell Plimsoll
  env:
    PLIMSOLL_WEBHOOK: \${{ secrets.PLIMSOLL_WEBHOOK }}
  run: |
    curl --fail --silent --show-error "$PLIMSOLL_WEBHOOK?wait=120" \\
      --data '{"image": "git.example.org/\${{ gitea.repository }}:\${{ gitea.ref_name }}"}'`,
  },
  {
    key: 'github',
    name: 'GitHub',
    where: 'Save the address as the secret PLIMSOLL_WEBHOOK of the repository (Settings → Secrets and variables → Actions). This is the last step of the workflow, after the push:',
    text: () => `- name: Tell Plimsoll
  env:
    PLIMSOLL_WEBHOOK: \${{ secrets.PLIMSOLL_WEBHOOK }}
  run: |
    curl --fail --silent --show-error "$PLIMSOLL_WEBHOOK?wait=120" \\
      --data '{"image": "ghcr.io/\${{ github.repository }}:\${{ github.ref_name }}"}'`,
  },
  {
    key: 'gitlab',
    name: 'GitLab',
    where: 'Save the address as the masked variable PLIMSOLL_WEBHOOK of the project (Settings → CI/CD → Variables). In .gitlab-ci.yml, in a stage after the one that pushes:',
    text: () => `tell-plimsoll:
  stage: deploy
  image: curlimages/curl:latest
  script:
    - >-
      curl --fail --silent --show-error "$PLIMSOLL_WEBHOOK?wait=120"
      --data "{\\"image\\": \\"$CI_REGISTRY_IMAGE:$CI_COMMIT_TAG\\"}"
  rules:
    - if: $CI_COMMIT_TAG`,
  },
  {
    key: 'curl',
    name: 'curl',
    where: 'From any shell. The answer says what was decided; with ?wait=120 it comes when the deployment is over and says how it ended:',
    text: (address) => `curl --data '{"image": "registry.example.org/org/app:v1"}' \\
  '${address}?wait=120'`,
  },
];
