namespace Plimsoll.Plumbing.Http;

/// <summary>A "no" that the caller must handle: a code, a sentence for a person and, for input, the sentence for each wrong field.</summary>
internal sealed record Refusal(int Code, string Message, IReadOnlyDictionary<string, string>? Errors = null)
{
    public int Status => Code / 100;

    public static Refusal NotFound(string message) => new(AnswerCode.NotFound, message);

    public static Refusal Conflict(string message) => new(AnswerCode.Conflict, message);

    public static Refusal NotAllowed(string message) => new(AnswerCode.NotAllowed, message);

    public static Refusal Invalid(IReadOnlyDictionary<string, string> errors) =>
        new(AnswerCode.InvalidInput, errors.Count == 1 ? errors.First().Value : $"{errors.Count} fields need another value.", errors);

    public static Refusal Invalid(string field, string message) => Invalid(new Dictionary<string, string> { [field] = message });
}
