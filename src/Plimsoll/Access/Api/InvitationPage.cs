using System.Security.Cryptography;
using System.Text;

namespace Plimsoll.Access.Api;

/// <summary>The page behind the link of an invitation: as plain and as closed as <see cref="SetupPage"/>.</summary>
internal static class InvitationPage
{
    private const string Style = """
        :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
        body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: Canvas; color: CanvasText }
        main { width: min(24rem, calc(100vw - 2rem)); padding: 1rem 0 }
        label { display: block; margin-top: 1rem; font-weight: 600 }
        input, button { box-sizing: border-box; width: 100%; padding: .6rem .75rem; margin-top: .25rem; font: inherit; border: 1px solid GrayText; border-radius: .4rem }
        button { margin-top: 1.5rem; border: 0; background: #1d4ed8; color: #fff; font-weight: 600; cursor: pointer }
        button:disabled { opacity: .6; cursor: default }
        :focus-visible { outline: 3px solid #60a5fa; outline-offset: 2px }
        [role=alert] { min-height: 1.5em; margin: 1rem 0 0; font-weight: 600 }
        """;

    // The code leaves the address bar at once, so that it stays in no history.
    private const string Script = """
        const code = new URLSearchParams(location.search).get('code') ?? '';
        history.replaceState(null, '', location.pathname);
        const form = document.querySelector('form'), problem = document.querySelector('[role=alert]'), button = form.querySelector('button');
        if (!code) problem.textContent = 'This address lacks its code. Open the whole link that you were sent.';
        form.addEventListener('submit', async event => {
          event.preventDefault();
          const [password, again] = ['password', 'again'].map(name => form.elements[name].value);
          if (password !== again) { problem.textContent = 'The two passwords differ.'; return; }
          button.disabled = true;
          problem.textContent = '';
          try {
            const response = await fetch('/api/invite', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ code, password }) });
            if (response.ok) { location.replace('/'); return; }
            problem.textContent = (await response.json()).msg;
          } catch {
            problem.textContent = 'Plimsoll does not answer. Is it still running?';
          }
          button.disabled = false;
        });
        """;

    public static string Form { get; } = $"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Plimsoll: choose a password</title><link rel="icon" href="data:,"><style>{Style}</style></head>
        <body><main>
        <h1>Welcome to Plimsoll</h1>
        <p>Choose your password. It has {Passwords.Shortest} characters or more.</p>
        <form>
        <label for="password">Password</label>
        <input id="password" name="password" type="password" autocomplete="new-password" minlength="{Passwords.Shortest}" maxlength="{Passwords.Longest}" required autofocus>
        <label for="again">The same again</label>
        <input id="again" name="again" type="password" autocomplete="new-password" required>
        <button>Set the password</button>
        <p role="alert"></p>
        </form>
        <noscript>This page needs JavaScript.</noscript>
        <script>{Script}</script>
        </main></body>
        </html>
        """;

    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src '{HashOf(Style)}'; script-src '{HashOf(Script)}'; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

    private static string HashOf(string inline) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(inline)));
}
