namespace Plimsoll.Access.Api;

/// <summary>The words of the page behind the set-up link.</summary>
internal static class SetupPage
{
    public static PasswordPage Page { get; } = new(
        title: "Set up Plimsoll",
        introduction: $"""
            <h1>Welcome to Plimsoll</h1>
            <p>Choose the password of the user <b>admin</b>. It has {Passwords.Shortest} characters or more.</p>
            """,
        fields: """<input name="username" autocomplete="username" value="admin" hidden>""",
        button: "Set up",
        noScript: "This page needs JavaScript. Without it, start Plimsoll with PLIMSOLL_ADMIN_PASSWORD.",
        address: "/api/setup",
        lacksCode: "This address lacks its code. Open the whole link from the log.",
        whenDone: """
            document.querySelector('main').innerHTML = '<h1>Done</h1><p>You are signed in as <b>admin</b>. <a href="/">Open the dashboard</a></p>';
            document.querySelector('a').focus();
            """);

    public const string Done = """
        <h1>Set-up is done</h1>
        <p>There is a user already. <a href="/">Open the dashboard</a> and sign in.</p>
        """;
}
