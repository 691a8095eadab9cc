export type Appearance = 'system' | 'light' | 'dark';

// app.html reads the same key before the first paint.
const key = 'plimsoll.appearance';

class AppearanceChoice {
  chosen = $state<Appearance>(read());

  choose(appearance: Appearance): void {
    this.chosen = appearance;
    if (appearance === 'system') delete document.documentElement.dataset.appearance;
    else document.documentElement.dataset.appearance = appearance;
    try {
      localStorage.setItem(key, appearance);
    } catch {
      // A browser that keeps nothing forgets it with the tab.
    }
  }

  next(): void {
    const order: Appearance[] = ['system', 'light', 'dark'];
    this.choose(order[(order.indexOf(this.chosen) + 1) % order.length]!);
  }
}

function read(): Appearance {
  const now = document.documentElement.dataset.appearance;
  return now === 'light' || now === 'dark' ? now : 'system';
}

export const appearance = new AppearanceChoice();
