// Everything happens in the browser; the server sends one page and files.
export const ssr = false;
export const prerender = false;
