/** What one may want to do with a stage; an address may ask for it: `/projects/shop?promote=prod`. */
export const stageWishes = ['deploy', 'promote', 'rollback', 'change', 'delete'] as const;

export type StageWish = (typeof stageWishes)[number];

export interface AskedWish {
  wish: StageWish;
  stage: string;
}

/** The first wish that an address has. */
export function wishIn(asked: URLSearchParams): AskedWish | undefined {
  const wish = stageWishes.find((candidate) => asked.has(candidate));
  return wish && { wish, stage: asked.get(wish) ?? '' };
}
