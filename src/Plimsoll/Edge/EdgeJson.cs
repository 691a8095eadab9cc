using System.Text.Json.Serialization;
using Plimsoll.Edge.Api;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Edge;

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(PauseRequest))]
[JsonSerializable(typeof(MaintenanceRequest))]
[JsonSerializable(typeof(Answer<TrafficResponse>))]
internal sealed partial class EdgeJson : JsonSerializerContext;
