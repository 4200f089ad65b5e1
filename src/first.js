// What the page does before its engine is there: the theme, the first pictures, the start of the engine, and words where it cannot start.
// It is a file of its own, and sets styles one by one, so that it also works where the host's policy allows neither scripts nor styles within the page.
{
  const root = document.documentElement;
  root.dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  root.dataset.starting = "";
  if (location.hash === "") root.dataset.first = "";
  // The frame of the Lab stands there only where the Lab will: not where the link is one to another tab, or to a panel alone.
  if (/^#(?!lab\b)[a-z]+(&|$)|[&#]embed=/.test(location.hash)) root.dataset.elsewhere = "";

  // A deck starts its slide when this page has loaded, which is before the engine listens: the last word is kept for it.
  addEventListener("message", ({ data }) => {
    if (data === "slide:start" || data === "slide:stop") root.dataset.slide = data;
  });

  // The rule of the host's policy that has refused something which the engine needs; the page names it, too, where its worker cannot start.
  let rule = "";
  document.addEventListener("securitypolicyviolation", ({ effectiveDirective, disposition }) => {
    if (disposition === "enforce" && /^(script|worker|connect|default)-src/.test(effectiveDirective)) rule = root.dataset.refused = effectiveDirective;
  });

  const say = (sentence) => {
    // no picture of a run that never was
    delete root.dataset.first;
    delete root.dataset.starting;
    const banner = document.createElement("p");
    banner.setAttribute("role", "alert");
    banner.className = "banner";
    Object.assign(banner.style, { padding: "0.8rem 1.25rem", margin: "0", color: "#ffffff", background: "#8f3500", fontSize: "1.05rem" });
    document.body.prepend(banner);
    banner.textContent = sentence;
  };

  // A module with one function, which makes a vector of zeros and drops it: `i32.const 0, i32x4.splat, drop`.
  const vectors = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0, 65, 0, 253, 17, 26, 11]);

  // Where the page is one file, the engine's script stands in it.
  const own = () => document.getElementById("app");

  // A page without an origin (in a sandbox, or opened as a file) may load no script into a worker, and in some browsers its workers may fetch nothing. So
  // its worker is made of one text, which is no module: Chromium starts none there; and what that worker asks for is fetched by the page.
  const detach = async (script, known) => {
    const text = async (address) => (await fetch(address)).text();
    const classic = (text) => `globalThis.thetahatApp = (() => {${text
      .replace(/\bexport (?=class |function )/g, "")
      .replace(/\bexport ?\{ ?initSync, ?__wbg_init as default ?\}/, "return{default:__wbg_init}")
      .replaceAll("import.meta.url", JSON.stringify(script))}})();`;
    const whole = await text("./worker.js") + (known ?? classic(await text(script)));
    return () => {
      const worker = new Worker(URL.createObjectURL(new Blob([whole], { type: "text/javascript" })));
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = async ({ data }) => {
        const bytes = await fetch(data).then((answer) => answer.ok ? answer.arrayBuffer() : undefined).catch(() => undefined);
        port1.postMessage([data, bytes]);
      };
      worker.postMessage(script, [port2]);
      return worker;
    };
  };

  // The first pictures are on the screen, so that the engine's start cannot keep them from it. Nothing is painted in a page or a frame that nobody sees.
  const painted = () => new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, 200);
  });

  const start = async () => {
    const script = own() ? "file:///app.js" : document.querySelector("link[rel=modulepreload]").href;
    if (own() || origin === "null") {
      globalThis.thetahatDetached = await detach(script, own()?.textContent);
      globalThis.thetahatDetach = detach;
    }
    const [engine] = await Promise.all([globalThis.thetahatApp ?? import(script), painted()]);
    await engine.default({ module_or_path: script.replace(/\.js$/, "_bg.wasm") });
  };

  const explain = (error) => {
    const what = `${error?.message ?? error}`;
    if (rule || /content security policy|unsafe-eval/i.test(what)) {
      say(`thetahat cannot start: the policy of the host that serves this page (Content-Security-Policy, ${rule || "script-src"}) forbids it. Whoever runs the host has to allow script-src 'self' 'wasm-unsafe-eval', worker-src 'self' blob: and connect-src 'self'. (${what})`);
    } else if (error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError) {
      say(`thetahat cannot start: its program arrived incomplete or damaged. Please reload the page; if that does not help, the copy on this host is broken. (${what})`);
    } else {
      say(`thetahat cannot start: a part of the page could not be loaded. Please check the connection and reload the page; if that does not help, the copy on this host is incomplete. (${what})`);
    }
  };

  addEventListener("DOMContentLoaded", () => {
    // Styles that a policy has kept the browser from reading are handed to it as a script's.
    for (const style of document.querySelectorAll("style")) {
      if (style.sheet) continue;
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(style.textContent);
      document.adoptedStyleSheets.push(sheet);
    }
    if (location.protocol === "file:" && !own()) {
      say("thetahat was opened as a file from the disk, where browsers load no modules and start no workers. Please open it through a web server, or open the page that is one file (`cargo xtask build --single-file`). For example, run `python3 -m http.server` in this folder and open http://localhost:8000.");
    } else if (typeof WebAssembly !== "object" || !WebAssembly.validate(vectors)) {
      say("thetahat computes in your browser with WebAssembly, which this browser does not have or has switched off. Please open the page in a current Firefox, Chrome, Edge or Safari.");
    } else {
      // what the policy refuses is reported a moment later
      start().catch((error) => setTimeout(() => explain(error), 50));
      addEventListener("error", ({ error }) => {
        if (error instanceof WebAssembly.RuntimeError) say(`thetahat has stopped because of a fault of its own. Please reload the page; the address keeps your settings. (${error.message})`);
      });
    }
  });

  // A newer version of the page is offered where there is one, and never taken by itself: whoever teaches goes on with the one that is open. It is looked for
  // when the page comes to the front an hour or more after the last look. In a frame of somebody's slides nobody is asked.
  const HOUR = 3_600_000;
  let looked = Date.now();
  const button = (name, act) => {
    const made = document.createElement("button");
    made.textContent = name;
    made.addEventListener("click", act);
    return made;
  };
  const offer = () => {
    const line = document.createElement("p");
    line.setAttribute("role", "status");
    line.className = "newer";
    document.body.prepend(line);
    line.append("There is a newer version of this page. What you have set stays. ", button("Load it", () => location.reload()), button("Not now", () => line.remove()));
  };
  document.addEventListener("visibilitychange", async () => {
    if (document.hidden || own() || top !== window || Date.now() - looked < HOUR) return;
    looked = Date.now();
    const page = await fetch("./", { cache: "no-cache" }).then((answer) => answer.ok ? answer.text() : "").catch(() => "");
    const script = document.querySelector("link[rel=modulepreload]").getAttribute("href");
    if (page.includes("modulepreload") && !page.includes(script) && !document.querySelector(".newer")) offer();
  });

  // The page is kept for visits without a network. Where the browser keeps nothing, as in a sandbox, nothing is lost but that.
  // A learning platform hands out its own copy.
  addEventListener("load", () => {
    if (own() || globalThis.thetahatPlatform) return;
    try {
      navigator.serviceWorker?.register("./sw.js").catch(() => {});
    } catch {}
  });
}
