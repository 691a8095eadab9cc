using Microsoft.AspNetCore.Authentication;
using Plimsoll.Plumbing.Config;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;
using Plimsoll.Access.Api;
using Plimsoll.Access.Users;

namespace Plimsoll.Access.OpenId;

/// <summary>Decides who somebody is here that a provider has signed in, and begins their session.</summary>
internal sealed class OpenIdArrival(Store store, UserStore users, SignIns signIns, EventLog events, ILogger<OpenIdArrival> log)
{
    /// <summary>Where a browser goes whose sign-in came to nothing; the dashboard has the words for each code.</summary>
    private const string FailedPage = "/sign-in?problem=";

    private static readonly string[] NameClaims = ["preferred_username", "email", "name", "sub"];

    public async Task ReceiveAsync(TicketReceivedContext context)
    {
        var token = context.Properties!.GetParameter<IdToken>(OpenIdHandler.TokenItem)!;
        var provider = ((OpenIdOptions)context.Options).Provider;
        var (user, problem) = await store.WriteAsync(scope => Recognise(scope, token, provider.Settings), context.HttpContext.RequestAborted);
        context.HandleResponse();
        if (user is null)
        {
            await FailAsync(context.HttpContext, problem!, $"{token.Subject} of {provider.Settings.IssuerText} may not sign in: {problem}.", null);
            return;
        }

        var secret = await signIns.BeginAsync(user, SessionOrigin.Of(context.HttpContext), replaced: null, context.HttpContext.RequestAborted);
        SessionCookie.Write(context.HttpContext, secret.Text);
        context.Response.Redirect(LocalTarget.Of(context.ReturnUri));
    }

    public Task FailAsync(RemoteFailureContext context)
    {
        context.HandleResponse();
        return FailAsync(context.HttpContext, "openid-failed", context.Failure is OpenIdException known ? known.Message : "the way back from the provider was not the one of this sign-in.", context.Failure);
    }

    /// <summary>The provider cannot be reached, before anybody was sent there.</summary>
    public Task FailAsync(HttpContext context, OpenIdException problem) => FailAsync(context, "openid-failed", problem.Message, problem);

    private Task FailAsync(HttpContext context, string code, string reason, Exception? problem)
    {
        AccessLog.OpenIdFailed(log, PrintableName.Of(reason, 400), problem);
        context.Response.Redirect(FailedPage + code);
        return Task.CompletedTask;
    }

    private (User? User, string? Problem) Recognise(WriteScope scope, IdToken token, OpenIdSettings settings)
    {
        var subject = $"{settings.IssuerText} {token.Subject}";
        var mapped = RoleOf(token, settings);
        if (users.FindByOpenId(scope, subject) is { } known)
        {
            // Where claims give roles, somebody whose claim gives none any more is not let in with the old one.
            return known.Disabled ? (null, "openid-disabled")
                : mapped is not null ? (Follow(scope, known, mapped.Value), null)
                : settings.Roles.Count > 0 ? (null, "openid-no-role")
                : (known, null);
        }

        if (mapped is not { } role)
        {
            return (null, "openid-no-role");
        }

        var name = NameClaims.SelectMany(token.Claim).FirstOrDefault(candidate => UserNames.Problem(candidate) is null);
        if (name is null || users.Find(scope, name) is not null)
        {
            // Never taken for a user of the same name: names are the provider's to give, and ours are not its.
            return (null, name is null ? "openid-no-name" : "openid-name-taken");
        }

        var user = users.Add(scope, new User(0, name, "", role) { OpenIdSubject = subject });
        events.Append(scope, "user-added", $"User {name} with role {role.Text()} came through OpenID Connect for the first time.");
        scope.Record(new Change("user-added", $"user {name}") { After = UserResponse.From(user), Who = name });
        return (user, null);
    }

    /// <summary>The role follows the claim, but never away from the last admin.</summary>
    private User Follow(WriteScope scope, User user, Role role)
    {
        if (role == user.Role || (user.Role == Role.Admin && !users.AnotherAdminExists(scope, user.Id)))
        {
            return user;
        }

        var changed = user with { Role = role, Projects = role == Role.Admin ? null : user.Projects };
        users.Update(scope, changed);
        signIns.EndAll(scope, user.Id);
        events.Append(scope, "user-changed", $"User {user.Name} has the role {role.Text()} now, as OpenID Connect says.");
        scope.Record(new Change("user-changed", $"user {user.Name}") { Before = UserResponse.From(user), After = UserResponse.From(changed), Who = user.Name });
        return changed;
    }

    /// <summary>The highest of the roles that the claim's values name.</summary>
    private static Role? RoleOf(IdToken token, OpenIdSettings settings)
    {
        var named = token.Claim(settings.RoleClaim).Where(settings.Roles.ContainsKey).Select(value => (Role?)Roles.Parse(settings.Roles[value])).ToList();
        return named.Count > 0 ? named.Max() : settings.DefaultRole is { } fallback ? Roles.Parse(fallback) : null;
    }
}
