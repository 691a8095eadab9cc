using System.Text.Json.Serialization;
using Plimsoll.Inventory.Containers.Api;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Inventory;

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Answer<ContainerResponse>))]
[JsonSerializable(typeof(Answer<IReadOnlyList<ContainerResponse>>))]
internal sealed partial class InventoryJson : JsonSerializerContext;
