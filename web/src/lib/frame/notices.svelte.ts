/** Short words about what was just done. What went wrong is said where it was tried, and stays there. */
class Notices {
  list = $state<{ id: number; text: string; href?: string }[]>([]);
  #next = 1;

  say(text: string, href?: string): void {
    const id = this.#next++;
    this.list.push({ id, text, href });
    setTimeout(() => (this.list = this.list.filter((notice) => notice.id !== id)), 6000);
  }
}

export const notices = new Notices();
