using System.Net;
using System.Text.Json.Nodes;

namespace Plimsoll.Tests.Apps.Support;

/// <summary>A status and the envelope under it.</summary>
internal sealed record Reply(HttpStatusCode Status, JsonNode? Body)
{
    public int Code => (int)Body!["code"]!;

    public string Message => (string)Body!["msg"]!;

    public JsonNode Data => Body!["data"]!;

    public Dictionary<string, string> Errors =>
        Data["errors"]!.AsObject().ToDictionary(pair => pair.Key, pair => (string)pair.Value!);

    public Reply ShouldBe(HttpStatusCode status, int code)
    {
        Status.ShouldBe(status, Body?.ToJsonString());
        Code.ShouldBe(code, Body?.ToJsonString());
        return this;
    }

    public Reply ShouldBeOk() => ShouldBe(HttpStatusCode.OK, 0);
}
