using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Plimsoll.Edge;
using Plimsoll.Plumbing;
using Plimsoll.Plumbing.Config;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Tests.Docs;

/// <summary>The program's endpoints, put together as Program.cs does; nothing is started and nothing is stored.</summary>
internal static class ProgramEndpoints
{
    public static WebApplication Map()
    {
        var options = EnvironmentSettings.Read(_ => null) with { DataFolder = Path.Combine(Path.GetTempPath(), "plimsoll-docs-nothing-is-stored-here"), EncryptionKey = "the key of the tests" };
        var builder = WebApplication.CreateSlimBuilder();
        builder.AddPlumbing(options);
        CallAll("Add", [builder.Services, new EdgeOptions()]);
        builder.Services.AddApiDescription();
        var app = builder.Build();
        CallAll("Map", [app]);
        app.MapApiDescription();
        return app;
    }

    /// <summary>Every chapter's AddX or MapX, so that a new chapter cannot be forgotten here.</summary>
    private static void CallAll(string verb, object[] available)
    {
        var features = typeof(PlumbingFeature).Assembly.GetTypes().Where(type => type.Name.EndsWith("Feature", StringComparison.Ordinal) && type != typeof(PlumbingFeature));
        foreach (var feature in features)
        {
            foreach (var method in feature.GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.Name == verb + feature.Name[..^"Feature".Length]))
            {
                method.Invoke(null, [.. method.GetParameters().Select(parameter => available.First(parameter.ParameterType.IsInstanceOfType))]);
            }
        }
    }
}
