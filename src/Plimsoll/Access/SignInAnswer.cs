using System.Globalization;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Access;

/// <summary>The user who proved to be one, or why nobody is let in and, if they must wait, how long.</summary>
internal sealed record SignInAnswer(User? User, Refusal? Refusal, TimeSpan? RetryAfter = null)
{
    public static readonly SignInAnswer Wrong = NotSignedIn("The name or the password is wrong.");

    public static SignInAnswer Right(User user) => new(user, null);

    public static SignInAnswer Refused(Refusal refusal) => new(null, refusal);

    public static SignInAnswer NotSignedIn(string message) => Refused(new Refusal(AnswerCode.NotSignedIn, message));

    /// <summary>The password was right; a code of the second factor is missing or wrong.</summary>
    public static SignInAnswer CodeNeeded(string message) => Refused(new Refusal(AnswerCode.CodeNeeded, message));

    public static SignInAnswer TooMany(string what, TimeSpan wait)
    {
        var seconds = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return new SignInAnswer(null, new Refusal(AnswerCode.SlowDown, $"{what} Try again in {seconds} s."), wait);
    }

    /// <summary>Writes the refusal, with the time to wait where there is one.</summary>
    public Task RefuseAsync(HttpContext context)
    {
        if (RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        return Answers.Refused(Refusal!).ExecuteAsync(context);
    }
}
