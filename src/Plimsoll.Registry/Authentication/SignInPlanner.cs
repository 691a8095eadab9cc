using Plimsoll.Registry.References;
using Plimsoll.Registry.Transport;

namespace Plimsoll.Registry.Authentication;

/// <summary>Reads a 401 into the ways of being let in that are worth trying, best first. Pure.</summary>
internal static class SignInPlanner
{
    private const int MostScopes = 8;
    private const int LongestScope = 1024;

    /// <param name="answer">The 401.</param>
    /// <param name="target">What was asked for.</param>
    /// <param name="alreadyAsked">Scopes of the token that has just been refused; what is missing from them goes first.</param>
    /// <param name="trusted">Token servers that may be private addresses.</param>
    /// <exception cref="RegistryException">There is no way in; the sentence says which ways were offered.</exception>
    public static IReadOnlyList<SignInPlan> Plans(
        RegistryAnswer answer, RequestTarget target, IReadOnlyList<string> alreadyAsked, IReadOnlySet<string> trusted)
    {
        var challenges = ChallengeParser.Parse(answer.Headers("WWW-Authenticate"));
        var plans = new List<SignInPlan>();
        string? realmProblem = null;
        foreach (var challenge in challenges.Where(challenge => challenge.Scheme == "bearer"))
        {
            if (RealmRule.TryAccept(challenge["realm"], answer.Address, target, trusted, out var realm, out var problem))
            {
                plans.Add(new SignInPlan(realm, challenge["service"], Scopes(challenge, target, alreadyAsked)));
                break;
            }

            realmProblem ??= problem;
        }

        var offersBasic = challenges.Any(challenge => challenge.Scheme == "basic");
        if (offersBasic && target.Access.HasPassword)
        {
            plans.Add(SignInPlan.Basic);
        }

        return plans.Count > 0 ? plans : throw NoWayIn(answer, target, challenges, realmProblem, offersBasic);
    }

    /// <summary>Whether a new token for this plan could do what a token for those scopes could not.</summary>
    public static bool AddsScope(SignInPlan plan, IReadOnlyList<string> alreadyAsked) => plan.Scopes.Except(alreadyAsked).Any();

    private static IReadOnlyList<string> Scopes(Challenge challenge, RequestTarget target, IReadOnlyList<string> alreadyAsked)
    {
        var named = challenge["scope"]?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(scope => scope.Length <= LongestScope).ToList() ?? [];
        if (named.Count == 0 && target.Repository is not null)
        {
            named.Add($"repository:{target.Repository}:pull");
        }

        // Some registries look only at the first scope of a token, so the one they miss leads.
        return [.. named.Except(alreadyAsked).Concat(alreadyAsked).Concat(named).Distinct().Take(MostScopes)];
    }

    private static RegistryException NoWayIn(
        RegistryAnswer answer, RequestTarget target, IReadOnlyList<Challenge> challenges, string? realmProblem, bool offersBasic)
    {
        var host = Excerpt.Of(answer.Address.Authority);
        var (failure, sentence) = (realmProblem, offersBasic, challenges.Count) switch
        {
            ({ } problem, _, _) => (RegistryFailure.BadAnswer, $"{host} cannot be signed in to: {problem}."),
            (null, true, _) => (RegistryFailure.Unauthorized, $"{host} wants a user name and a password, and none is set."),
            (null, false, 0) => (RegistryFailure.Unauthorized, $"{host} refuses without saying how to sign in."),
            _ => (RegistryFailure.Unauthorized,
                $"{host} wants a way of signing in that is not known here: {Excerpt.Of(string.Join(", ", challenges.Select(challenge => challenge.Scheme)))}."),
        };
        return new RegistryException(failure, target.Subject, NetworkFailure.Sentence(target.Subject, sentence))
        {
            Step = ConnectionStep.Authentication,
        };
    }
}
