using Plimsoll.Access;
using Plimsoll.Access.Audit;
using Plimsoll.Access.Projects;
using Plimsoll.Apps.Credentials;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Http;
using Plimsoll.Registry;

namespace Plimsoll.Apps.Api;

/// <summary>Registries and what they hold.</summary>
internal static class RegistryEndpoints
{
    private const int MostTags = 1_000;

    public static void MapRegistries(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/registry-types", ListTypes).WithTags("Registries").RequireRole(Role.Viewer).ConcernsNoProject()
            .WithName("RegistryTypes_List").WithSummary("The kinds of registry, and what is taken for each where a field is left empty")
            .Returns<IReadOnlyList<RegistryTypeResponse>>();
        var registries = routes.MapGroup("/api/registries").WithTags("Registries");
        registries.MapGet("", List).RequireRole(Role.Viewer).ConcernsNoProject()
            .WithName("Registries_List").WithSummary("All registries, without their tokens")
            .Returns<IReadOnlyList<RegistryResponse>>();
        registries.MapPost("", CreateAsync).RequireRole(Role.Admin)
            .WithName("Registries_Create").WithSummary("Adds a registry")
            .Returns<RegistryResponse>(StatusCodes.Status201Created).RefusesWith(StatusCodes.Status400BadRequest, StatusCodes.Status409Conflict);
        registries.MapGet("{id}", Get).RequireRole(Role.Viewer).ConcernsNoProject()
            .WithName("Registries_Get").WithSummary("One registry, without its token; {id} is a number or name")
            .Returns<RegistryResponse>().RefusesWith(StatusCodes.Status404NotFound);
        registries.MapPut("{id}", UpdateAsync).RequireRole(Role.Admin)
            .WithName("Registries_Update").WithSummary("Changes the fields that are sent; {id} is a number or name")
            .Returns<RegistryResponse>().RefusesWith(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed);
        registries.MapDelete("{id}", RemoveAsync).RequireRole(Role.Admin)
            .WithName("Registries_Delete").WithSummary("Removes a registry that no project names")
            .Returns<Nothing>().RefusesWith(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed);
        registries.MapPost("{id}/test", TestAsync).RequireRole(Role.Admin).ChangesNothing()
            .WithName("Registries_Test").WithSummary("Tries the connection and names the step that fails")
            .Returns<ConnectionResponse>().RefusesWith(StatusCodes.Status404NotFound);
        registries.MapGet("{id}/tags/{**image}", ListTagsAsync).RequireRole(Role.Viewer).FiltersByProject()
            .WithName("Registries_ListTags").WithSummary("The first 1,000 tags of an image in the registry")
            .Returns<TagsResponse>().RefusesWith(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
    }

    private static IResult ListTypes() =>
        Answers.Ok<IReadOnlyList<RegistryTypeResponse>>([.. RegistryTypes.Known.Select(RegistryTypeResponse.From)]);

    private static IResult List(RegistryStore registries, RegistryClient client) =>
        Answers.Ok<IReadOnlyList<RegistryResponse>>([.. registries.List().Select(entry => View(entry, client))]);

    private static RegistryResponse View(RegistryEntry entry, RegistryClient client) => RegistryResponse.From(entry, client.TrafficOf(entry.Host));

    private static IResult Get(string id, HttpContext context, RegistryStore registries, RegistryClient client, Store store)
    {
        if (registries.Find(id) is not { } entry)
        {
            return NoRegistry(id);
        }

        // The revision before the rest: what is read later may only be newer.
        EditCheck.Show(context, Revisions.OfRegistry(store, entry.Id));
        return registries.Find(entry.Id) is { } found ? Answers.Ok(View(found, client)) : NoRegistry(id);
    }

    private static async Task<IResult> CreateAsync(RegistryRequest request, RegistryChanges changes, RegistryClient client, CancellationToken cancellationToken)
    {
        var whole = request.WithCertificates();
        if (whole.IsRefused(out var refusal))
        {
            return Answers.Refused(refusal);
        }

        var entry = whole.Value!.Over(null);
        return entry.IsRefused(out refusal)
            ? Answers.Refused(refusal)
            : (await changes.AddAsync(entry.Value!, cancellationToken)).ToAnswer(added => View(added, client), StatusCodes.Status201Created);
    }

    private static async Task<IResult> UpdateAsync(
        string id, RegistryRequest request, HttpContext context, RegistryStore registries, RegistryChanges changes, RegistryClient client, CancellationToken cancellationToken)
    {
        if (registries.Find(id) is not { } entry)
        {
            return NoRegistry(id);
        }

        var whole = request.WithCertificates();
        return whole.IsRefused(out var refusal)
            ? Answers.Refused(refusal)
            : (await changes.UpdateAsync(entry.Id, whole.Value!.Over, cancellationToken, Check(context, entry))).ToAnswer(changed => View(changed, client));
    }

    private static async Task<IResult> RemoveAsync(string id, HttpContext context, RegistryStore registries, RegistryChanges changes, CancellationToken cancellationToken) =>
        registries.Find(id) is { } entry ? (await changes.RemoveAsync(entry, cancellationToken, Check(context, entry))).ToAnswer() : NoRegistry(id);

    private static async Task<IResult> TestAsync(
        string id, RegistryStore registries, ProjectStore projects, RegistryCredentials credentials, RegistryClient client, CancellationToken cancellationToken)
    {
        if (registries.Find(id) is not { } entry)
        {
            return NoRegistry(id);
        }

        try
        {
            var access = await credentials.AccessAsync(entry, cancellationToken);
            var report = await client.TestConnectionAsync(entry.Host, access, cancellationToken, RepositoryAt(entry, projects));
            return Answers.Ok(ConnectionResponse.From(report));
        }
        catch (RegistryException problem)
        {
            return Answers.Ok(new ConnectionResponse(false, "authentication", problem.Message));
        }
    }

    /// <summary>What a project reads there, to see whether that is allowed; those that name the registry go first.</summary>
    private static string? RepositoryAt(RegistryEntry entry, ProjectStore projects) => projects.List()
        .Where(project => project.RegistryId is null || project.RegistryId == entry.Id)
        .OrderBy(project => project.RegistryId is null)
        .Select(project => ImageReference.Parse(project.Repository))
        .FirstOrDefault(image => image.Registry == entry.Host)?.Repository;

    private static async Task<IResult> ListTagsAsync(
        string id, string image, HttpContext context, RegistryStore registries, ProjectStore projects, RegistryCredentials credentials, RegistryClient client, CancellationToken cancellationToken)
    {
        if (registries.Find(id) is not { } entry)
        {
            return NoRegistry(id);
        }

        var reference = ImageIn(entry, image);
        if (reference.IsRefused(out var refusal))
        {
            return Answers.Refused(refusal);
        }

        // Whoever is restricted to projects sees what is in the registry of those, with credentials that are not theirs.
        var caller = context.User.Caller();
        return caller.Projects is not null && !projects.ByRepository(reference.Value!.Name).Any(project => caller.MaySee(project.Id))
            ? Answers.Refused(Refusal.NotFound($"None of your projects has the image {reference.Value.Name}."))
            : (await ReadTagsAsync(client, reference.Value!, await credentials.AccessAsync(entry, cancellationToken), cancellationToken)).ToAnswer();
    }

    /// <summary>Reads one tag more than is told, to know whether that is all.</summary>
    private static async Task<Outcome<TagsResponse>> ReadTagsAsync(
        RegistryClient client, ImageReference image, RegistryAccess access, CancellationToken cancellationToken)
    {
        var tags = new List<string>();
        try
        {
            await foreach (var tag in client.ListTagsAsync(image, access, cancellationToken))
            {
                if (tags.Count == MostTags)
                {
                    return new TagsResponse(image.Name, tags, Complete: false);
                }

                tags.Add(tag);
            }
        }
        catch (RegistryException problem) when (problem.Failure == RegistryFailure.NotFound)
        {
            return Refusal.NotFound(problem.Message);
        }

        return new TagsResponse(image.Name, tags, Complete: true);
    }

    /// <summary>Takes the path inside the registry or the whole name; slashes may be written as %2F, which routing leaves as it is.</summary>
    private static Outcome<ImageReference> ImageIn(RegistryEntry entry, string image)
    {
        var path = image.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        var name = path.StartsWith(entry.Host + "/", StringComparison.Ordinal) ? path : $"{entry.Host}/{path}";
        if (!ImageReference.TryParse(name, out var reference, out var problem))
        {
            return Refusal.Invalid("image", problem!);
        }

        return reference!.Tag is null && reference.Digest is null
            ? reference
            : Refusal.Invalid("image", "Write the image without a tag or digest.");
    }

    private static EditCheck Check(HttpContext context, RegistryEntry entry) => new(context, scope => Revisions.OfRegistry(scope, entry.Id));

    private static IResult NoRegistry(string id) => Answers.Refused(Refusal.NotFound($"There is no registry '{id}'."));
}
