using System.Diagnostics.CodeAnalysis;
using Microsoft.Net.Http.Headers;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Plumbing.Http;

/// <summary>
/// Two people who edit the same thing: whoever sends <c>If-Match</c> changes only what they have seen. Asked in the transaction of the
/// change, so nothing comes in between. Without the header everything goes on as if there were no check.
/// </summary>
/// <param name="revision">The revision of the thing as the transaction sees it; null: there is none.</param>
internal sealed class EditCheck(HttpContext context, Func<WriteScope, string?> revision)
{
    /// <summary>Puts the revision of what is answered into the answer's head.</summary>
    public static void Show(HttpContext context, string? revision)
    {
        if (revision is not null)
        {
            context.Response.Headers.ETag = $"\"{revision}\"";
        }
    }

    /// <returns>The refusal, with the present revision in the answer's head, when the caller has seen another one.</returns>
    public Refusal? Begin(WriteScope scope)
    {
        if (!IsWanted(out var seen) || revision(scope) is not { } present || seen.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Tag == $"\"{present}\""))
        {
            return null;
        }

        Show(context, present);
        return new Refusal(AnswerCode.ChangedMeanwhile, "Somebody has changed it since you read it. Read it again, and then change it.");
    }

    /// <summary>Tells the caller the revision that the change has made.</summary>
    public void End(WriteScope scope) => Show(context, revision(scope));

    private bool IsWanted([NotNullWhen(true)] out IList<EntityTagHeaderValue>? seen)
    {
        seen = null;
        var sent = context.Request.Headers.IfMatch;
        // What cannot be read is not what is there now.
        return sent.Count > 0 && (EntityTagHeaderValue.TryParseList(sent, out seen) || (seen = []) is not null);
    }
}
