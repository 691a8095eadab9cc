using System.Security.Cryptography;
using System.Text;
using Plimsoll.Plumbing.Dashboard;

namespace Plimsoll.Access.Api;

/// <summary>
/// The page behind a link with a code, on which a password is chosen. Whole in itself, because it must work before anything
/// else does; nothing in it comes from the request, and its one script and one style are allowed by their hashes.
/// </summary>
internal sealed class PasswordPage
{
    private const string Style = """
        :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
        body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: Canvas; color: CanvasText }
        main { width: min(24rem, calc(100vw - 2rem)); padding: 1rem 0 }
        h1 { font-size: 1.5rem; margin: 0 0 .5rem }
        label { display: block; margin-top: 1rem; font-weight: 600 }
        input, button { box-sizing: border-box; width: 100%; padding: .6rem .75rem; margin-top: .25rem; font: inherit; border: 1px solid GrayText; border-radius: .4rem }
        button { margin-top: 1.5rem; border: 0; background: #1d4ed8; color: #fff; font-weight: 600; cursor: pointer }
        button:disabled { opacity: .6; cursor: default }
        :focus-visible { outline: 3px solid #60a5fa; outline-offset: 2px }
        [role=alert] { min-height: 1.5em; margin: 1rem 0 0; font-weight: 600 }
        """;

    private readonly string _title;
    private readonly string _form;
    private readonly string _contentSecurityPolicy;

    /// <param name="introduction">HTML before the form.</param>
    /// <param name="fields">HTML of further fields, before those of the password.</param>
    /// <param name="address">Where code and password are sent.</param>
    /// <param name="lacksCode">Told when the link was not opened whole. Without quotation marks, as <paramref name="address"/>.</param>
    /// <param name="whenDone">JavaScript that runs when the password is set.</param>
    public PasswordPage(string title, string introduction, string fields, string button, string noScript, string address, string lacksCode, string whenDone)
    {
        _title = title;
        // The code leaves the address bar at once, so that it stays in no history.
        var script = $$"""
            const code = new URLSearchParams(location.search).get('code') ?? '';
            history.replaceState(null, '', location.pathname);
            const form = document.querySelector('form'), problem = document.querySelector('[role=alert]'), button = form.querySelector('button');
            if (!code) problem.textContent = '{{lacksCode}}';
            form.addEventListener('submit', async event => {
              event.preventDefault();
              const [password, again] = ['password', 'again'].map(name => form.elements[name].value);
              if (password !== again) { problem.textContent = 'The two passwords differ.'; return; }
              button.disabled = true;
              problem.textContent = '';
              try {
                const response = await fetch('{{address}}', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ code, password }) });
                if (response.ok) {
                  {{whenDone}}
                  return;
                }
                problem.textContent = (await response.json()).msg;
              } catch {
                problem.textContent = 'Plimsoll does not answer. Is it still running?';
              }
              button.disabled = false;
            });
            """;
        _form = Document($"""
            {introduction}
            <form>
            {fields}
            <label for="password">Password</label>
            <input id="password" name="password" type="password" autocomplete="new-password" minlength="{Passwords.Shortest}" maxlength="{Passwords.Longest}" required autofocus>
            <label for="again">The same again</label>
            <input id="again" name="again" type="password" autocomplete="new-password" required>
            <button>{button}</button>
            <p role="alert"></p>
            </form>
            <noscript>{noScript}</noscript>
            <script>{script}</script>
            """);
        _contentSecurityPolicy =
            $"default-src 'none'; style-src '{HashOf(Style)}'; script-src '{HashOf(script)}'; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";
    }

    /// <summary>The dashboard's own page where it is part of the program, else this one.</summary>
    /// <param name="instead">HTML in the place of the form.</param>
    public IResult Answer(HttpContext context, string? instead = null)
    {
        if (context.RequestServices.GetService<DashboardFiles>() is { Page: { } page } files)
        {
            return new DashboardAnswer(files, page);
        }

        context.Response.Headers.ContentSecurityPolicy = _contentSecurityPolicy;
        context.Response.Headers.CacheControl = "no-store";
        return Results.Content(instead is null ? _form : Document(instead), "text/html; charset=utf-8");
    }

    private string Document(string body) => $"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{_title}</title><link rel="icon" href="data:,"><style>{Style}</style></head>
        <body><main>
        {body}
        </main></body>
        </html>
        """;

    private static string HashOf(string inline) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(inline)));
}
