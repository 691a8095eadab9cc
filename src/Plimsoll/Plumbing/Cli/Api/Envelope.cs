using System.Text.Json;

namespace Plimsoll.Plumbing.Cli.Api;

/// <summary>The envelope around every answer under /api. <c>Code</c> is null for an answer that is somebody else's.</summary>
internal sealed record Envelope(int? Code, string? Msg, JsonElement Data);

/// <summary>The data of an answer that refuses input: a sentence for each field.</summary>
internal sealed record FieldErrors(Dictionary<string, string>? Errors);
