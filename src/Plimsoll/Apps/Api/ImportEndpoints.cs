using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;
using Plimsoll.Access;
using Plimsoll.Apps.Seed;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Apps.Api;

/// <summary>Bringing a configuration file in after the first launch.</summary>
internal static class ImportEndpoints
{
    private static readonly string[] MediaTypes = ["text/yaml", "application/yaml", "application/x-yaml", "text/x-yaml", "text/plain"];

    public static void MapImport(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/config/import", ImportAsync).RequireRole(Role.Admin).WithTags("Settings")
            .WithName("Config_Import").WithSummary("Adds what a configuration file holds, or nothing of it")
            .WithDescription("The body is the file itself, as application/yaml, text/yaml or text/plain, of at most 1 MiB. "
                + "What is there already in the same form is left alone; what is there in another form refuses the whole file. "
                + "Each error is under 'line:column key'.")
            .WithMetadata(new LongestBody())
            .Returns<ImportResponse>()
            .RefusesWith(StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType);

    private static async Task<IResult> ImportAsync(HttpRequest request, SeedImport import, CancellationToken cancellationToken)
    {
        var text = await ReadBodyAsync(request, cancellationToken);
        if (text.IsRefused(out var refusal))
        {
            return Answers.Refused(refusal);
        }

        try
        {
            return Answers.Ok(await import.ImportTextAsync(text.Value!, "The sent file", cancellationToken));
        }
        catch (SeedException problem)
        {
            return Answers.Refused(AsRefusal(problem));
        }
    }

    private static async Task<Outcome<string>> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !MediaTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase))
        {
            return new Refusal(AnswerCode.WrongMediaType, "Send the file as application/yaml.");
        }

        var buffer = new byte[SeedFile.LongestBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > SeedFile.LongestBytes)
        {
            return new Refusal(AnswerCode.TooLarge, $"A configuration has at most {SeedFile.LongestBytes / 1024} KiB.");
        }

        try
        {
            return BoundedFile.Decode(buffer.AsSpan(0, length));
        }
        catch (InvalidDataException problem)
        {
            return Refusal.Invalid("1:1", $"The file cannot be read: {problem.Message}");
        }
    }

    private static Refusal AsRefusal(SeedException problem)
    {
        var errors = problem.Problems
            .GroupBy(one => one.Field, StringComparer.Ordinal)
            .ToDictionary(field => field.Key, field => string.Join(" ", field.Select(one => one.Sentence)), StringComparer.Ordinal);
        var what = errors.Count == 1 ? $"{errors.First().Key}: {errors.First().Value}" : $"{errors.Count} places of the file need another value.";
        return new Refusal(AnswerCode.InvalidInput, $"Nothing was imported. {what}", errors);
    }

    private sealed class LongestBody : IRequestSizeLimitMetadata
    {
        // More than is read: the server throws the rest away, while a sender who is cut off in the middle of its body
        // never gets to read the reason.
        public long? MaxRequestBodySize => 16 * SeedFile.LongestBytes;
    }
}
