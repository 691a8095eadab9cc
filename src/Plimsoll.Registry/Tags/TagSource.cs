using System.Net;
using System.Runtime.CompilerServices;
using Plimsoll.Registry.Authentication;
using Plimsoll.Registry.References;
using Plimsoll.Registry.Transport;

namespace Plimsoll.Registry.Tags;

/// <summary>
/// Lists tags page by page. Only the absence of a Link ends the list: registries answer with fewer tags than asked for, with none, or with
/// all of them at once.
/// </summary>
internal sealed class TagSource(Authenticator authenticator, RegistryClientOptions options, TimeProvider time)
{
    private const int PageSize = 1000;

    public async IAsyncEnumerable<string> ListAsync(RequestTarget target, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var count = 0;
        var until = time.GetUtcNow() + options.ListingTimeout;
        var asked = new HashSet<string>(StringComparer.Ordinal);
        string? path = $"v2/{target.Repository}/tags/list?n={PageSize}";
        for (var pages = 0; path is not null; pages++)
        {
            if (pages == options.MaxTagPages)
            {
                throw Failed(RegistryFailure.TooLarge, target, $"the list of tags has more than {options.MaxTagPages} pages");
            }

            if (pages > 0 && time.GetUtcNow() >= until)
            {
                throw Failed(RegistryFailure.TooLarge, target, $"the list of tags was not over after {options.ListingTimeout.TotalSeconds:0} s and {pages} pages");
            }

            var page = await ReadPageAsync(target, path, pages == 0, cancellationToken);
            foreach (var tag in page.Tags)
            {
                if (++count > options.MaxTags)
                {
                    throw Failed(RegistryFailure.TooLarge, target, $"there are more than {options.MaxTags} tags");
                }

                yield return tag;
            }

            asked.Add(path);
            if (page.NextPathAndQuery is { } next && asked.Contains(next))
            {
                throw Failed(RegistryFailure.BadAnswer, target, "a page of tags names itself or an earlier one as the next");
            }

            path = page.NextPathAndQuery;
        }
    }

    private async Task<TagPage> ReadPageAsync(RequestTarget target, string path, bool isFirst, CancellationToken cancellationToken)
    {
        using var answer = await authenticator.SendAsync(target, HttpMethod.Get, path, ["application/json"], cancellationToken);
        if (isFirst && answer.Status == HttpStatusCode.BadRequest && path.Contains('?'))
        {
            // Some registries refuse a page size above their own instead of lowering it.
            return await ReadPageAsync(target, path.Split('?')[0], isFirst, cancellationToken);
        }

        if (!answer.IsSuccess)
        {
            throw await ServerRefusal.ReadAsync(answer, target, time.GetUtcNow());
        }

        var body = await answer.ReadBodyAsync(options.MaxTagPageBytes);
        if (JsonReading.ObjectOf(body) is not { } document)
        {
            throw Failed(RegistryFailure.BadAnswer, target, "the list of tags is not JSON");
        }

        // A tag that could not stand in a reference cannot be used for anything; "tags" itself may be null.
        return new TagPage([.. document.Texts("tags").Where(ReferenceGrammar.IsTag)], NextPage(answer, target));
    }

    private static string? NextPage(RegistryAnswer answer, RequestTarget target)
    {
        if (LinkHeader.Next(answer.Headers("Link")) is not { } link)
        {
            return null;
        }

        if (!Uri.TryCreate(answer.Address, link, out var next) || !RedirectRule.IsSameOrigin(answer.Address, next) || next.UserInfo.Length > 0)
        {
            throw Failed(RegistryFailure.BadAnswer, target, $"the next page of tags is said to be at another place, {Excerpt.Of(link)}, and is not followed");
        }

        return next.PathAndQuery[1..];
    }

    private static RegistryException Failed(RegistryFailure failure, RequestTarget target, string what) =>
        new(failure, target.Subject, NetworkFailure.Sentence(target.Subject, $"{what}."));
}
