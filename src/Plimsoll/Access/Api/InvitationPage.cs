namespace Plimsoll.Access.Api;

/// <summary>The words of the page behind the link of an invitation.</summary>
internal static class InvitationPage
{
    public static PasswordPage Page { get; } = new(
        title: "Plimsoll: choose a password",
        introduction: $"""
            <h1>Welcome to Plimsoll</h1>
            <p>Choose your password. It has {Passwords.Shortest} characters or more.</p>
            """,
        fields: "",
        button: "Set the password",
        noScript: "This page needs JavaScript.",
        address: "/api/invite",
        lacksCode: "This address lacks its code. Open the whole link that you were sent.",
        whenDone: "location.replace('/');");
}
