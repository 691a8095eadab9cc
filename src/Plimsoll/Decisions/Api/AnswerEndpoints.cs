using Plimsoll.Access;
using Plimsoll.Access.Projects;
using Plimsoll.Apps;
using Plimsoll.Apps.Api;
using Plimsoll.Decisions.Explaining;
using Plimsoll.Decisions.Pending;
using Plimsoll.Plumbing.Http;
using Plimsoll.Plumbing.Time;

namespace Plimsoll.Decisions.Api;

/// <summary>What waits for a person, and what they say to it.</summary>
internal static class AnswerEndpoints
{
    private const int LongestNote = 500;
    private static readonly TimeSpan LongestSnooze = TimeSpan.FromDays(366);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/pending", List).WithTags("Decisions").RequireRole(Role.Viewer).FiltersByProject()
            .WithName("Pending_List").WithSummary("What waits for a person's word, newest first, 200 at most; state=open, approved, declined, superseded, expired, snoozed or skipped.")
            .Returns<IReadOnlyList<PendingResponse>>().RefusesWith(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        var decision = routes.MapGroup("/api/decisions/{id:long}").WithTags("Decisions");
        decision.MapGet("", Get).RequireRole(Role.Viewer).WithName("Decisions_Get").WithSummary("One decision with every rule, the question that came of it and the message that brought it.")
            .Returns<SightingResponse>().RefusesWith(StatusCodes.Status404NotFound);
        decision.MapPost("/approve", Approve).RequireRole(Role.Operator).RefuseWhileStopping().WithName("Decisions_Approve").WithSummary("Says yes to what waits for a person, once; it is judged again with that yes.")
            .Returns<AnswerResponse>().RefusesWith(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
        decision.MapPost("/decline", Decline).RequireRole(Role.Operator).WithName("Decisions_Decline").WithSummary("Says no to what waits for a person, once; this digest does not come again by itself.")
            .Returns<AnswerResponse>().RefusesWith(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
        decision.MapPost("/snooze", Snooze).RequireRole(Role.Operator).WithName("Decisions_Snooze").WithSummary("Lets the stage hear nothing of this repository for a while.")
            .Returns<DecisionResponse>().RefusesWith(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
        decision.MapDelete("/snooze", EndSnooze).RequireRole(Role.Operator).WithName("Decisions_EndSnooze").WithSummary("Takes a snooze back.")
            .Returns<DecisionResponse>().RefusesWith(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
        decision.MapPost("/skip", Skip).RequireRole(Role.Operator).WithName("Decisions_Skip").WithSummary("Leaves this version out of the stage.")
            .Returns<DecisionResponse>().RefusesWith(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
        decision.MapDelete("/skip", EndSkip).RequireRole(Role.Operator).WithName("Decisions_EndSkip").WithSummary("Wants a skipped version again.")
            .Returns<DecisionResponse>().RefusesWith(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
    }

    private static IResult List(HttpContext context, PendingStore pending, QuietStore quiet, ProjectStore projects, StageStore stages, string? project, string? state)
    {
        var caller = context.User.Caller();
        var ofProject = project is null ? null : projects.Find(project);
        if (project is not null && (ofProject is null || !caller.MaySee(ofProject.Id)))
        {
            return Answers.Refused(Refusal.NotFound($"There is no project '{project}'."));
        }

        var only = caller.Projects?.Ids;
        IReadOnlyList<PendingResponse>? found = state switch
        {
            "snoozed" => [.. quiet.Snoozes(ofProject?.Id, only).Select(PendingResponse.From)],
            "skipped" => [.. quiet.Skips(ofProject?.Id, only).Select(PendingResponse.From)],
            _ when Enum.GetValues<PendingState>().Cast<PendingState?>().FirstOrDefault(known => PendingStore.Name(known!.Value) == (state ?? "open")) is { } wanted =>
                [.. pending.List(wanted, ofProject?.Id, only).Select(question => PendingResponse.From(question, Confirms(stages, question.StageId)))],
            _ => null,
        };
        return found is null
            ? Answers.Refused(Refusal.Invalid("state", $"'{state}' is not a state: use open, approved, declined, superseded, expired, snoozed or skipped."))
            : Answers.Ok(found);
    }

    private static IResult Get(long id, DecisionStore decisions, Explainer explainer, StageStore stages) => decisions.Find(id) is { } decision
        ? Answers.Ok(SightingResponse.From(explainer.Of([decision])[0], stage => Confirms(stages, stage)))
        : Answers.Refused(Refusal.NotFound($"There is no decision {id}."));

    private static async Task<IResult> Approve(long id, ApproveRequest? body, HttpContext context, Approvals approvals, CancellationToken cancellationToken) =>
        Note(body?.Note, out var note) is { } refusal
            ? Answers.Refused(refusal)
            : (await approvals.ApproveAsync(id, context.User.Caller().ToString(), body?.Confirm ?? false, note, cancellationToken)).ToAnswer(outcome => From(id, outcome));

    private static async Task<IResult> Decline(long id, DeclineRequest? body, HttpContext context, Approvals approvals, CancellationToken cancellationToken) =>
        Note(body?.Note, out var note) is { } refusal
            ? Answers.Refused(refusal)
            : (await approvals.DeclineAsync(id, context.User.Caller().ToString(), note, cancellationToken)).ToAnswer(outcome => From(id, outcome));

    private static async Task<IResult> Snooze(long id, SnoozeRequest body, HttpContext context, Quieting quieting, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var span = TimeSpan.Zero;
        if ((body.Until is null) == (body.For is null))
        {
            return Answers.Refused(Refusal.Invalid("until", "Say until when (until: an instant) or for how long (for: \"2d\")."));
        }

        if (body.For is not null && (!Duration.TryParse(body.For, out span) || span <= TimeSpan.Zero || span > LongestSnooze))
        {
            return Answers.Refused(Refusal.Invalid("for", $"'{body.For}' is not a span of time: write it like 2d, 12h or 1d12h, a year at most."));
        }

        var until = body.Until ?? now + span;
        return until <= now || until > now + LongestSnooze
            ? Answers.Refused(Refusal.Invalid("until", "The instant must be ahead, within a year."))
            : (await quieting.SnoozeAsync(id, until, context.User.Caller().ToString(), cancellationToken)).ToAnswer(DecisionResponse.From);
    }

    private static async Task<IResult> EndSnooze(long id, HttpContext context, Quieting quieting, CancellationToken cancellationToken) =>
        (await quieting.EndSnoozeAsync(id, context.User.Caller().ToString(), cancellationToken)).ToAnswer(DecisionResponse.From);

    private static async Task<IResult> Skip(long id, SkipRequest? body, HttpContext context, Quieting quieting, CancellationToken cancellationToken) =>
        body?.What is not (null or "digest" or "tag")
            ? Answers.Refused(Refusal.Invalid("what", $"'{body.What}' cannot be skipped: write digest (this very image) or tag (whatever comes under it)."))
            : (await quieting.SkipAsync(id, body?.What == "tag", context.User.Caller().ToString(), cancellationToken)).ToAnswer(DecisionResponse.From);

    private static async Task<IResult> EndSkip(long id, HttpContext context, Quieting quieting, CancellationToken cancellationToken) =>
        (await quieting.EndSkipAsync(id, context.User.Caller().ToString(), cancellationToken)).ToAnswer(DecisionResponse.From);

    private static Refusal? Note(string? text, out string? note)
    {
        note = string.IsNullOrWhiteSpace(text) ? null : text.Trim();
        return note?.Length > LongestNote ? Refusal.Invalid("note", $"A note has at most {LongestNote} characters.") : null;
    }

    private static AnswerResponse From(long id, AnswerOutcome outcome) =>
        new(id, PendingStore.Name(outcome.State), outcome.Verdict, outcome.ReasonCode, outcome.Reason, outcome.DeploymentId);

    internal static bool Confirms(StageStore stages, long? stage) => stage is { } id && stages.Find(id) is { Confirm: true };
}
