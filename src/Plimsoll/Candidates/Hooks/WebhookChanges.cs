using Plimsoll.Apps;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Candidates.Hooks;

/// <summary>Changes to webhooks: checked first, then made whole or not at all.</summary>
internal sealed class WebhookChanges(Store store, WebhookStore webhooks, EventLog events)
{
    private const int ShortestSigningSecret = 8;
    private const int LongestSigningSecret = 512;

    public Task<Outcome<Webhook>> AddAsync(Func<WriteScope, Outcome<Webhook>> make, CancellationToken cancellationToken) => store.WriteAsync<Outcome<Webhook>>(
        scope =>
        {
            var made = make(scope);
            if (made.IsRefused(out _))
            {
                return made;
            }

            var webhook = made.Value!;
            if (ProblemWith(scope, webhook) is { } problem)
            {
                return problem;
            }

            if (WebhookStore.Count(scope) >= Webhook.Most)
            {
                return Refusal.Conflict($"There are {Webhook.Most} webhooks already. Remove those that nobody uses.");
            }

            var added = webhooks.FindIn(scope, webhooks.Add(scope, webhook))!;
            scope.Record(new Change("webhook-added", $"webhook {added.Name}") { After = View(added) });
            events.Append(scope, "webhook-added", $"Webhook {added.Name} was added.");
            return added;
        },
        cancellationToken);

    public Task<Outcome<Webhook>> UpdateAsync(long id, Func<WriteScope, Webhook, Outcome<Webhook>> change, EditCheck check, CancellationToken cancellationToken) => store.WriteAsync<Outcome<Webhook>>(
        scope =>
        {
            if (webhooks.FindIn(scope, id) is not { } stored)
            {
                return Refusal.NotFound("The webhook has been removed meanwhile.");
            }

            if (check.Begin(scope) is { } stale)
            {
                return stale;
            }

            var changed = change(scope, stored);
            if (changed.IsRefused(out _))
            {
                return changed;
            }

            var webhook = changed.Value! with { Id = id, Secret = stored.Secret, CreatedAt = stored.CreatedAt };
            if (stored.Name == Webhook.Default && webhook.Name != Webhook.Default)
            {
                return Refusal.Invalid("name", $"The webhook '{Webhook.Default}' keeps its name. Add another one with the name you want.");
            }

            if (ProblemWith(scope, webhook) is { } problem)
            {
                return problem;
            }

            webhooks.Update(scope, webhook);
            scope.Record(new Change("webhook-changed", $"webhook {webhook.Name}") { Before = View(stored), After = View(webhook) });
            events.Append(scope, "webhook-changed", $"Webhook {webhook.Name} was changed.");
            check.End(scope);
            return webhook;
        },
        cancellationToken);

    public Task<Outcome<Nothing>> RemoveAsync(Webhook webhook, EditCheck check, CancellationToken cancellationToken) => store.WriteAsync<Outcome<Nothing>>(
        scope =>
        {
            if (check.Begin(scope) is { } stale)
            {
                return stale;
            }

            if (webhook.Name == Webhook.Default)
            {
                return Refusal.Conflict($"The webhook '{Webhook.Default}' stays. Switch it off instead.");
            }

            WebhookStore.Remove(scope, webhook.Id);
            scope.Record(new Change("webhook-removed", $"webhook {webhook.Name}") { Before = View(webhook) });
            events.Append(scope, "webhook-removed", $"Webhook {webhook.Name} was removed; its address no longer works.");
            return new Nothing();
        },
        cancellationToken);

    /// <summary>The old address is worth nothing from the commit on.</summary>
    public Task<Outcome<Webhook>> RegenerateAsync(long id, EditCheck? check, CancellationToken cancellationToken) => store.WriteAsync<Outcome<Webhook>>(
        scope =>
        {
            if (webhooks.FindIn(scope, id) is not { } stored)
            {
                return Refusal.NotFound("The webhook has been removed meanwhile.");
            }

            if (check?.Begin(scope) is { } stale)
            {
                return stale;
            }

            var webhook = stored with { Secret = Webhook.NewSecret() };
            webhooks.Update(scope, webhook);
            scope.Record(new Change("webhook-url-changed", $"address of webhook {webhook.Name}"));
            events.Append(scope, "webhook-url-changed", $"The address of webhook {webhook.Name} was made anew; the old one no longer works.");
            check?.End(scope);
            return webhook;
        },
        cancellationToken);

    private static Refusal? ProblemWith(WriteScope scope, Webhook webhook)
    {
        var errors = new Dictionary<string, string>();
        if (Names.Problem(webhook.Name) is { } name)
        {
            errors["name"] = name;
        }

        if (webhook.Registry is { } registry && RegistryAddress.Problem(registry) is { } address)
        {
            errors["registry"] = address;
        }

        if (webhook.SigningSecret is { } secret && (secret.Length is < ShortestSigningSecret or > LongestSigningSecret || secret.Any(char.IsControl) || secret != secret.Trim()))
        {
            errors["signingSecret"] = $"A signing secret has {ShortestSigningSecret} to {LongestSigningSecret} characters, all in one line and without spaces at either end.";
        }

        return errors.Count > 0 ? Refusal.Invalid(errors)
            : WebhookStore.NameExists(scope, webhook.Name, webhook.Id) ? Refusal.Conflict($"There is already a webhook '{webhook.Name}'.")
            : null;
    }

    /// <summary>For the audit trail.</summary>
    private static WebhookView View(Webhook webhook) => new(webhook.Name, webhook.SigningSecret, webhook.Registry, webhook.Projects?.Names, webhook.Enabled);
}

/// <summary>What the audit trail keeps of a webhook; the secret is hidden there by its name.</summary>
internal sealed record WebhookView(string Name, string? SigningSecret, string? Registry, IReadOnlyList<string>? Projects, bool Enabled)
{
    /// <summary>Records print their properties; this one holds a secret.</summary>
    public override string ToString() => $"webhook {Name}";
}
