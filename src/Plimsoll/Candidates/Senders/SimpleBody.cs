using System.Text.Json;
using Plimsoll.Plumbing.Http;
using Plimsoll.Registry;

namespace Plimsoll.Candidates.Senders;

/// <summary>
/// Reads the simple body <c>{"image":"registry/org/app:tag"}</c>, optionally with <c>tag</c> and <c>digest</c> beside it.
/// Pure and bounded: whatever the bytes are, the answer is an image or a refusal with a sentence.
/// </summary>
internal static class SimpleBody
{
    public static Outcome<ImageReference> Read(JsonElement body)
    {
        try
        {
            return body.ValueKind == JsonValueKind.Object
                ? ReadFields(body)
                : Refusal.Invalid("body", "The body has to be a JSON object like {\"image\": \"registry/org/app:tag\"}.");
        }
        catch (InvalidOperationException)
        {
            // JSON can spell half a surrogate pair, in a name as well as in a value; text cannot hold one.
            return Refusal.Invalid("body", "The body holds characters that are not valid text.");
        }
    }

    private static Outcome<ImageReference> ReadFields(JsonElement body)
    {
        string? image = null, tag = null, digest = null;
        foreach (var property in body.EnumerateObject())
        {
            if (property.Name is not ("image" or "tag" or "digest"))
            {
                return Refusal.Invalid(Printable(property.Name), $"There is no field '{Printable(property.Name)}'. Known are image, tag and digest.");
            }

            if (property.Value.ValueKind != JsonValueKind.String)
            {
                return Refusal.Invalid(property.Name, $"The field {property.Name} has to be a text.");
            }

            var value = property.Value.GetString();
            _ = property.Name switch { "image" => image = value, "tag" => tag = value, _ => digest = value };
        }

        if (string.IsNullOrWhiteSpace(image))
        {
            return new Refusal(AnswerCode.ImageRequired, "The field image is missing. Send {\"image\": \"registry/org/app:tag\"}.", new Dictionary<string, string> { ["image"] = "An image is needed." });
        }

        return Combine(image, tag, digest);
    }

    private static Outcome<ImageReference> Combine(string image, string? tag, string? digest)
    {
        if (!ImageReference.TryParse(image, out var reference, out var problem))
        {
            return Refusal.Invalid("image", problem!);
        }

        if (tag is not null)
        {
            if (!ImageReference.IsValidTag(tag))
            {
                return Refusal.Invalid("tag", $"'{Printable(tag)}' is not a tag.");
            }

            reference = reference!.WithTag(tag);
        }

        if (digest is not null)
        {
            if (!Digest.TryParse(digest, out var parsed))
            {
                return Refusal.Invalid("digest", $"'{Printable(digest)}' is not a digest.");
            }

            reference = reference!.WithDigest(parsed);
        }

        // Without either, registries and engines mean "latest"; so does whoever leaves it out.
        return reference!.Tag is null && reference.Digest is null ? reference.WithTag("latest") : reference;
    }

    private static string Printable(string text)
    {
        var shown = text.Length <= 60 ? text : text[..60] + "…";
        return string.Concat(shown.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
    }
}
