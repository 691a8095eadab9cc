using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Plimsoll.Apps;
using Plimsoll.Apps.Api;
using Plimsoll.Apps.Policies;
using Plimsoll.Docker;
using Plimsoll.Plumbing.Config;

namespace Plimsoll.Tests.Docs;

public sealed partial class SettingsPageTests
{
    private static readonly Page Written = Page.Read("docs/settings.md");

    [Fact]
    public void Every_variable_that_is_read_is_explained_and_none_that_is_not()
    {
        var inSource = Directory.EnumerateFiles(Path.Combine(Page.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(file => VariableName().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value)
            .Distinct();

        // A secret may also be given as a file: those names are made of the secret's own.
        string[] asFiles = [EnvironmentSettings.Key + "_FILE", EnvironmentSettings.AdminPassword + "_FILE", OpenIdEnvironment.ClientSecret + "_FILE"];
        Written.Rows("Variable", "Default").Select(row => Page.Code(row[0])).ShouldBe(inSource.Concat(asFiles), ignoreOrder: true);
    }

    [Fact]
    public void The_variables_of_the_server_are_those_of_the_code_with_their_defaults()
    {
        var names = Constants().Where(constant => !constant.Name.StartsWith("Default", StringComparison.Ordinal));
        var written = Written.Rows("Variable", "Default").ToDictionary(row => Page.Code(row[0]), row => Page.Code(row[1]));
        names.ShouldAllBe(constant => written.ContainsKey(constant.Value));
        written[EnvironmentSettings.Data].ShouldBe(EnvironmentSettings.DefaultData);
        written[EnvironmentSettings.Listen].ShouldBe(EnvironmentSettings.DefaultListen);
        written[EnvironmentSettings.ProxyListen].ShouldBe(EnvironmentSettings.DefaultProxyListen);
        written[OpenIdEnvironment.Name].ShouldBe(OpenIdEnvironment.DefaultName);
        written[OpenIdEnvironment.RoleClaim].ShouldBe(OpenIdEnvironment.DefaultRoleClaim);
        written[OpenIdEnvironment.Scopes].ShouldBe(OpenIdEnvironment.DefaultScopes);
        written["DOCKER_HOST"].ShouldBe(DockerEndpoint.FromEnvironment(_ => null).ToString());
    }

    [Fact]
    public void Each_secret_can_be_given_as_a_file()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "a long enough secret\n");
        foreach (var (name, read) in new (string, Func<ServeOptions, string?>)[]
        {
            (EnvironmentSettings.Key, options => options.EncryptionKey),
            (EnvironmentSettings.AdminPassword, options => options.AdminPassword),
            (OpenIdEnvironment.ClientSecret, options => options.OpenId!.ClientSecret),
        })
        {
            read(EnvironmentSettings.Read(asked => asked == name + "_FILE" ? file : asked is OpenIdEnvironment.Issuer ? "https://id.example" : asked is OpenIdEnvironment.ClientId ? "id" : null)).ShouldBe("a long enough secret");
        }

        File.Delete(file);
    }

    [Fact]
    public void Every_setting_is_explained_with_its_default_and_none_that_does_not_exist()
    {
        var defaults = new Settings();
        var inCode = typeof(Settings).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.Name != nameof(Settings.Policy))
            .ToDictionary(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name), property => Text(property.GetValue(defaults)));

        Written.Rows("Setting", "Default").ToDictionary(row => Page.Code(row[0]), row => Page.Code(row[1])).ShouldBe(inCode, ignoreOrder: true);
        typeof(SettingsBody).GetProperties().Where(property => property.Name != nameof(SettingsBody.Policy)).Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).ShouldBe(inCode.Keys, ignoreOrder: true);
    }

    [Fact]
    public void Every_field_of_a_policy_is_explained_with_its_default_and_none_that_does_not_exist()
    {
        Documented("Policy field").ShouldBe(InCode(PolicyBody.From(Policy.Default)), ignoreOrder: true);
        Documented("Container setting").ShouldBe(InCode(ContainerPolicyBody.From(ContainerPolicy.Default)), ignoreOrder: true);
    }

    [Fact]
    public void The_ranges_are_those_that_are_checked()
    {
        foreach (var row in Written.Rows("Setting", "Default"))
        {
            if (NumberRange().Match(row[2]) is not { Success: true } range)
            {
                continue;
            }

            var (least, most) = (Number(range.Groups[1]), Number(range.Groups[2]));
            IsAccepted(row[0], least).ShouldBeTrue(row[0]);
            IsAccepted(row[0], most).ShouldBeTrue(row[0]);
            IsAccepted(row[0], least - 1).ShouldBeFalse(row[0]);
            IsAccepted(row[0], most + 1).ShouldBeFalse(row[0]);
        }
    }

    private static Dictionary<string, string> Documented(string table) => Written.Rows(table, "Default").ToDictionary(row => Page.Code(row[0]), row => Page.Code(row[1]));

    private static Dictionary<string, string> InCode(object body) => body.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .ToDictionary(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name), property => property.GetValue(body) is System.Collections.IEnumerable and not string and var list
            ? string.Join(", ", list.Cast<object>()) is { Length: > 0 } items ? items : "none"
            : Text(property.GetValue(body)));

    private static bool IsAccepted(string cell, int value)
    {
        var name = Page.Code(cell);
        var body = JsonSerializer.Deserialize<SettingsBody>($$"""{"{{name}}":{{value}}}""", JsonSerializerOptions.Web)!;
        return !Validation.Of(body.Over(new Settings())).ContainsKey(name);
    }

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    private static string Text(object? value) => value switch
    {
        null => "none",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static IEnumerable<(string Name, string Value)> Constants() =>
        typeof(EnvironmentSettings).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral)
            .Select(field => (field.Name, (string)field.GetRawConstantValue()!));

    [GeneratedRegex("\"((?:PLIMSOLL|DOCKER|ENCRYPTION|NO)_[A-Z_]+)\"")]
    private static partial Regex VariableName();

    [GeneratedRegex("^([0-9]+) to ([0-9]+)$")]
    private static partial Regex NumberRange();
}
