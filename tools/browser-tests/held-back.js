// The page from a server that holds back what no first review needs: it answers, but sends the content later.
import { createServer } from "node:http";

/** What comes behind the page: the rest of its module, and texts that nobody reads before. */
const BEHIND = /\/(lockstep-rest-[^/]*\.wasm|rules\.md)$/;

/** Passes on what the page's own server says. `letGo` sends what was held back. */
export async function heldBack(page) {
  let letGo;
  const gate = new Promise((resolve) => (letGo = resolve));
  const server = createServer(async ({ url }, response) => {
    const answer = await fetch(new URL(`.${url}`, page));
    const body = Buffer.from(await answer.arrayBuffer());
    response.writeHead(answer.status, { "Content-Type": answer.headers.get("Content-Type") });
    response.flushHeaders();
    if (BEHIND.test(url)) await gate;
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    letGo();
    server.closeAllConnections();
    server.close();
  };
  return { address: `http://127.0.0.1:${server.address().port}/`, letGo, close };
}
