using Plimsoll.Plumbing.Http;

namespace Plimsoll.Access.Api;

/// <summary>/api/auth/tokens: keys for programs, in the hands of admins.</summary>
internal static class TokenEndpoints
{
    public static void Map(IEndpointRouteBuilder auth)
    {
        var tokens = auth.MapGroup("/tokens").RequireRole(Role.Admin);
        tokens.MapGet("", List)
            .WithName("Tokens_List").WithSummary("All tokens, without their secrets")
            .Produces<Answer<IReadOnlyList<TokenResponse>>>();
        tokens.MapPost("", Add)
            .WithName("Tokens_Add").WithSummary("Makes a token; only this answer holds its secret")
            .Produces<Answer<TokenMadeResponse>>(StatusCodes.Status201Created)
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status400BadRequest)
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status409Conflict);
        tokens.MapDelete("/{id:long}", Remove)
            .WithName("Tokens_Remove").WithSummary("Removes a token; it opens nothing from then on")
            .Produces<Answer<Nothing>>()
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status404NotFound);
    }

    private static IResult List(TokenStore tokens) =>
        Answers.Ok<IReadOnlyList<TokenResponse>>([.. tokens.List().Select(TokenResponse.From)]);

    private static async Task<IResult> Add(TokenRequest request, HttpContext context, TokenChanges changes, CancellationToken cancellationToken)
    {
        var outcome = await changes.AddAsync(request.Name, request.Role, request.ExpiresAt, context.User.Caller(), cancellationToken, request.Projects);
        return outcome.ToAnswer(made => TokenMadeResponse.From(made.Token, made.Secret), StatusCodes.Status201Created);
    }

    private static async Task<IResult> Remove(long id, HttpContext context, TokenChanges changes, CancellationToken cancellationToken) =>
        (await changes.RemoveAsync(id, context.User.Caller(), cancellationToken)).ToAnswer();
}
