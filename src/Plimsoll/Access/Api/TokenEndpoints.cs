using Plimsoll.Plumbing.Http;

namespace Plimsoll.Access.Api;

/// <summary>/api/auth/tokens: keys for programs, in the hands of admins.</summary>
internal static class TokenEndpoints
{
    public static void Map(IEndpointRouteBuilder auth)
    {
        var tokens = auth.MapGroup("/tokens").RequireRole(Role.Admin);
        tokens.MapGet("", List).WithName("Tokens_List");
        tokens.MapPost("", Add).WithName("Tokens_Add");
        tokens.MapDelete("/{id:long}", Remove).WithName("Tokens_Remove");
    }

    private static IResult List(TokenStore tokens) =>
        Answers.Ok<IReadOnlyList<TokenResponse>>([.. tokens.List().Select(TokenResponse.From)]);

    private static async Task<IResult> Add(TokenRequest request, HttpContext context, TokenChanges changes, CancellationToken cancellationToken)
    {
        var outcome = await changes.AddAsync(request.Name, request.Role, request.ExpiresAt, context.User.Caller(), cancellationToken);
        return outcome.ToAnswer(made => TokenMadeResponse.From(made.Token, made.Secret), StatusCodes.Status201Created);
    }

    private static async Task<IResult> Remove(long id, HttpContext context, TokenChanges changes, CancellationToken cancellationToken) =>
        (await changes.RemoveAsync(id, context.User.Caller(), cancellationToken)).ToAnswer();
}
