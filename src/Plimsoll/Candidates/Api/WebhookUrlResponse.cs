namespace Plimsoll.Candidates.Api;

/// <summary>The secret address that registries and pipelines call.</summary>
/// <param name="Url">With the scheme and host this request came to.</param>
/// <param name="Path">Without them, for when the caller knows Plimsoll under another name.</param>
public sealed record WebhookUrlResponse(string Url, string Path)
{
    /// <summary>Records print their properties; this one is a secret.</summary>
    public override string ToString() => "webhook address (hidden)";
}
