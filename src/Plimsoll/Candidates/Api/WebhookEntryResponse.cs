using Plimsoll.Access;
using Plimsoll.Apps.Api;
using Plimsoll.Candidates.Hooks;

namespace Plimsoll.Candidates.Api;

/// <summary>A webhook as clients see it.</summary>
/// <param name="Url">The secret address, with the scheme and host this request came to; null for those who are no admins.</param>
/// <param name="Path">The same without scheme and host.</param>
/// <param name="SigningSecret">Never the secret itself: only whether there is one.</param>
/// <param name="Registry">The host under which the images of this sender are known; null: as the sender says.</param>
/// <param name="Projects">The projects whose images are considered; null: all.</param>
/// <param name="IsDefault">The one that cannot be removed.</param>
public sealed record WebhookEntryResponse(
    long Id,
    string Name,
    string? Url,
    string? Path,
    string? SigningSecret,
    string? Registry,
    IReadOnlyList<string>? Projects,
    bool Enabled,
    bool IsDefault,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastMessageAt)
{
    internal static WebhookEntryResponse From(Webhook webhook, HttpContext context, DateTimeOffset? lastMessageAt)
    {
        var caller = context.User.Caller();
        var path = caller.Role >= Role.Admin ? $"{context.Request.PathBase}/api/webhook/{webhook.Secret}" : null;
        return new WebhookEntryResponse(
            webhook.Id,
            webhook.Name,
            path is null ? null : $"{context.Request.Scheme}://{context.Request.Host}{path}",
            path,
            webhook.SigningSecret is null ? null : ProjectResponse.Hidden,
            webhook.Registry,
            webhook.Projects?.Names.Where(name => caller.MaySee(name)).ToList(),
            webhook.Enabled,
            webhook.Name == Webhook.Default,
            webhook.CreatedAt,
            // When others were told of is their business.
            caller.Projects is null ? lastMessageAt : null);
    }

    /// <summary>Records print their properties; this one holds a secret.</summary>
    public override string ToString() => $"webhook {Name}";
}
