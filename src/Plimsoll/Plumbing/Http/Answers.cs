using Microsoft.AspNetCore.Http.HttpResults;

namespace Plimsoll.Plumbing.Http;

/// <summary>Makes HTTP results in the envelope.</summary>
internal static class Answers
{
    public static JsonHttpResult<Answer<T>> Ok<T>(T data, int status = StatusCodes.Status200OK) =>
        TypedResults.Json(new Answer<T>(AnswerCode.Ok, "ok", data), statusCode: status);

    public static JsonHttpResult<Answer<AnswerErrors>> Refused(Refusal refusal) =>
        TypedResults.Json(
            new Answer<AnswerErrors>(refusal.Code, refusal.Message, refusal.Errors is null ? null : new AnswerErrors(refusal.Errors)),
            statusCode: refusal.Status);

    public static IResult ToAnswer<T>(this Outcome<T> outcome, int status = StatusCodes.Status200OK) =>
        outcome.IsRefused(out var refusal) ? Refused(refusal) : Ok(outcome.Value!, status);

    public static IResult ToAnswer<T, TResponse>(this Outcome<T> outcome, Func<T, TResponse> map, int status = StatusCodes.Status200OK) =>
        outcome.IsRefused(out var refusal) ? Refused(refusal) : Ok(map(outcome.Value!), status);
}
