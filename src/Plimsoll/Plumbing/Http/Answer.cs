namespace Plimsoll.Plumbing.Http;

/// <summary>The envelope around every answer under /api (seed 003 §10).</summary>
/// <param name="Code">0, or an <see cref="AnswerCode"/>.</param>
/// <param name="Msg">"ok", or a sentence for a person.</param>
public sealed record Answer<T>(int Code, string Msg, T? Data);

/// <summary>The <c>data</c> of an answer that refuses input.</summary>
public sealed record AnswerErrors(IReadOnlyDictionary<string, string>? Errors);

/// <summary>The <c>data</c> of an answer that has nothing to add to its code.</summary>
public sealed record Nothing;
